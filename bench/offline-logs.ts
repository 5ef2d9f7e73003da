import { randomUUID } from "node:crypto";
import {
  type AssignmentLine,
  type ConsumptionLine,
  chainedLine,
  type LogKind,
  subjectHash,
} from "@/domain/offline/offline-log";
import { SYSTEM } from "@/server/access/actor";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { checkoutLogKey, offlineSalt } from "@/server/checkouts/offline-secrets";

/** A deployment without a network; its users get seats of this allotment. */
type Where = { source: string; allotment: string };

/** The minutes of each line in a log of consumption. */
export const LINE_MINUTES = 6;

/**
 * Registers a deployment without a network, in the open store. Returns its logs of any length: a longer one continues a
 * shorter one.
 */
export async function offlineLogs(license: string, { source, allotment }: Where, now: Date) {
  const { id: checkout } = await issueCheckout(license, { product: "QSEfW", source }, SYSTEM, now);
  const logKey = await checkoutLogKey(license, checkout);
  const salt = await offlineSalt(license);
  const [at, month] = [now.toISOString(), now.toISOString().slice(0, 7)];
  const head = {
    v: 1,
    sequence: 0,
    license,
    checkout,
    source,
    userAgent: "Licenses/1.6.4 (windows) QSEfW",
    created: at,
  } as const;
  const add = { at, instance: "", version: 0, allotment, created: at } as const;
  const ids = { consumption: randomUUID(), assignments: randomUUID() };
  const lineOf = {
    assignments: (sequence: number): Omit<AssignmentLine, "hash"> => ({
      ...add,
      sequence,
      subject: subjectHash(salt, `MILL\\p${sequence}`, "folded"),
    }),
    consumption: (sequence: number): Omit<ConsumptionLine, "hash"> => ({
      sequence,
      at,
      allotment: "analyzer_time",
      month,
      minutes: LINE_MINUTES,
    }),
  };
  return (kind: LogKind, lines: number): string => {
    const first = chainedLine(logKey, "", { ...head, kind, log: ids[kind] });
    const text = [JSON.stringify(first)];
    let before = first.hash;
    for (let sequence = 1; sequence <= lines; sequence += 1) {
      const next = chainedLine(logKey, before, lineOf[kind](sequence));
      before = next.hash;
      text.push(JSON.stringify(next));
    }
    return `${text.join("\n")}\n`;
  };
}
