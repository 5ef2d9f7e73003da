import { randomUUID } from "node:crypto";
import { decodeJwt } from "jose";
import type { Allotment } from "@/domain/licenses/definition";
import { type LogKind, logText, subjectHash } from "@/domain/offline/offline-log";
import { SYSTEM } from "@/server/access/actor";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { checkoutLogKey, offlineSalt } from "@/server/checkouts/offline-secrets";
import { previewLog, uploadLog } from "@/server/offline/offline-logs";
import { licenseWithKey } from "./test-callers";
import { NOW, seats } from "./test-licenses";

type Members = Record<string, unknown>;

/** The claims of a reply file. */
export type Replied = { through: number; hash: string; rejected: unknown[]; released: number[] } & Members;

/** A license with a checkout, and functions that write and upload the logs of its deployment. */
export async function offlineDeployment(allotments: Allotment[] = [seats("analyzer", 3)], source = "mill-1") {
  const license = await licenseWithKey({ allotments });
  return { ...license, ...(await deploymentOf(license.number, source)) };
}

/** One more site of a license. */
export async function deploymentOf(number: string, source: string) {
  const { id: checkout } = await issueCheckout(number, { product: "QSEfW", source }, SYSTEM, NOW);
  const key = await checkoutLogKey(number, checkout);
  const salt = await offlineSalt(number);
  const userAgent = "Licenses/1.6.4 (windows) QSEfW";
  const created = NOW.toISOString();

  /** The text of a log with these lines; `header` changes fields of its first one. */
  const log = (kind: LogKind, lines: readonly Members[], header: Members = {}) => {
    const whose = { log: LOGS[kind], license: number, checkout, source, userAgent, created };
    const placed = lines.map((line) => ({ at: created, ...line }));
    return logText(key, { kind, ...whose, ...header }, placed);
  };
  const LOGS = { assignments: randomUUID(), consumption: randomUUID() };
  const upload = (text: string, now = NOW, kind: LogKind | null = null) => ({
    license: number,
    kind,
    bytes: Buffer.from(text),
    uploader: { actor: SYSTEM, jti: null },
    now,
  });

  return {
    checkout,
    source,
    log,
    hash: (subject: string) => subjectHash(salt, subject, "folded"),
    upload: async (text: string, now = NOW) => {
      const { reply, ...told } = await uploadLog(upload(text, now));
      const { iat: _, ...replied } = decodeJwt<Replied>(reply ?? "");
      return { ...told, replied };
    },
    preview: (text: string) => previewLog(upload(text)),
    uploadAs: (kind: LogKind, text: string) => uploadLog(upload(text, NOW, kind)),
    add: (subject: string, more: Members = {}) => ({
      ...{ instance: "", version: 0, allotment: "analyzer", created },
      ...{ subject: subjectHash(salt, subject, "folded"), ...more },
    }),
  };
}
