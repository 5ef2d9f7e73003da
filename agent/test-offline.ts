import { generateKeyPairSync, randomUUID } from "node:crypto";
import { CompactSign, exportJWK } from "jose";
import { onTestFinished } from "vitest";
import { definitionVersion } from "@/domain/licenses/definition-version";
import { keyBytes, type LogKind, lineHash } from "@/domain/offline/offline-log";
import { type OfflineOptions, openOfflineAgent } from "./offline-agent";
import { newFolder } from "./test-agent";
import { NUMBER } from "./test-backend";
import { VirtualClock } from "./test-clock";
import { allotment, definitionOf } from "./test-definition";

/** Two seats of analyzer, one of professional, and 48 minutes a month with an overage of 12, in blocks of 6. */
export const DEFINITION = definitionOf(
  allotment("analyzer", "assigned", 1, 2),
  allotment("professional", "assigned", 1, 1),
  { ...allotment("analyzer_time", "time", 6, 48), overage: 12 },
);

const DAY_SECONDS = 86_400;
const signer = { kid: randomUUID(), ...generateKeyPairSync("rsa", { modulusLength: 2048 }) };
export const CHECKOUT = "0190b0a0-0000-7000-8000-000000000002";
const LOG_KEY = "6b6579206f66206f6e6520636865636b6f75742c2033322062797465732121";
export const SALT = "73616c74206f66206f6e65206c6963656e73652c203332206279746573212121";

async function jwksText(): Promise<string> {
  return JSON.stringify({ keys: [{ ...(await exportJWK(signer.publicKey)), kid: signer.kid }] });
}

/** A signed definition of 90 days, as the backend signs it; `claims` override its own. */
export async function sldText(issued: string, claims: Record<string, unknown> = {}): Promise<string> {
  const iat = Date.parse(issued) / 1000;
  const settings = { autoAssignProfessional: false, autoAssignAnalyzer: true, subjectMatching: "folded" };
  const jws = await signed("license-offline+jwt", {
    ...{ jti: CHECKOUT, license: NUMBER, version: definitionVersion(DEFINITION), definition: DEFINITION },
    ...{ aud: "QSEfW", source: "site-7", salt: SALT, logKey: LOG_KEY, settings },
    ...{ iat, exp: iat + 90 * DAY_SECONDS },
    ...claims,
  });
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64");
  return base64({ signedDef: { definition: base64(claims.definition ?? DEFINITION), jws } });
}

export function signed(typ: string, claims: object): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg: "RS512", typ, kid: signer.kid })
    .sign(signer.privateKey);
}

export const BEGIN = "2026-03-10T08:00:00Z";

/** A deployment without a network and a virtual clock; closed with the test. */
export async function offlineDeployment(options: Partial<OfflineOptions> & { sld?: string } = {}) {
  const clock = new VirtualClock(BEGIN);
  const data = newFolder();
  const lines: string[] = [];
  const open = async ({ sld, ...more }: typeof options = {}) => {
    const offline = { sld: sld ?? options.sld ?? (await sldText(BEGIN)), jwks: await jwksText() };
    const log = (line: string) => lines.push(line);
    return openOfflineAgent({ data, clock, isFast: true, log, offline, ...more });
  };
  const all = {
    clock,
    data,
    lines,
    agent: await open(options),
    async restart(more: typeof options = {}) {
      await all.agent.close();
      all.agent = await open(more);
      return all.agent;
    },
    log: (kind: LogKind) => [...(all.agent.offline?.log(kind) ?? [])].map((text) => JSON.parse(text)),
  };
  onTestFinished(() => all.agent.close());
  return all;
}

/** Whether every line of a log continues the one before it. */
export function isChained(lines: { hash: string }[]): boolean {
  const key = keyBytes(LOG_KEY);
  return lines.every((line, i) => line.hash === lineHash(key, lines[i - 1]?.hash ?? "", line));
}
