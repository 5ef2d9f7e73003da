import { sqlOnPrisma } from "@/server/audit/audit";
import { store, type Tx } from "@/server/store/store";
import { auditChainsRule } from "./check-audit";
import { COUNTING_RULES } from "./check-counters";
import { definitionsRule } from "./check-definitions";
import { encryptionRule } from "./check-encryption";
import { INSTALLATION_RULES } from "./check-installation";
import { LICENSE_RULES } from "./check-licenses";
import { type CheckedRule, ruleOn } from "./check-rules";
import { SEAT_RULES } from "./check-seats";
import { subjectRules } from "./check-subjects";

/** The rules that are one statement each. */
export const SQL_RULES = [...COUNTING_RULES, ...LICENSE_RULES, ...SEAT_RULES, ...INSTALLATION_RULES];

const LONGEST_MS = 6 * 3_600_000;

/**
 * Verifies that counters and repeated values equal the rows, that rows that belong together agree, that every subject
 * can be decrypted with its license's keys and occurs nowhere else, and that every audit chain is intact. Everything
 * but the chains is read at one moment, so a server may run meanwhile. `tell` gets each rule as soon as it was checked.
 */
export async function runCheck(tell: (checked: CheckedRule) => void = () => {}): Promise<CheckedRule[]> {
  const checked: CheckedRule[] = [];
  const note = (rule: CheckedRule) => {
    checked.push(rule);
    tell(rule);
  };
  await atOneMoment(LONGEST_MS, async (tx) => {
    for await (const rule of checkedRules(tx)) note(rule);
  });
  note(await auditChainsRule());
  return checked;
}

/** Every rule but that of the audit chains, as the store is in a transaction. */
export async function* checkedRules(tx: Tx): AsyncGenerator<CheckedRule> {
  const sql = sqlOnPrisma(tx);
  for (const rule of SQL_RULES) yield await ruleOn(sql, rule);
  yield await definitionsRule(tx);
  yield* subjectRules(sql);
  yield await encryptionRule(sql);
}

/** The embedded store has one session for all, so its settings are changed for this transaction only. */
export function atOneMoment<T>(timeout: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return store().db.$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe(`SET LOCAL statement_timeout = ${timeout}`);
      await tx.$executeRaw`SET LOCAL enable_seqscan = on`;
      return work(tx);
    },
    { isolationLevel: "RepeatableRead", maxWait: 10_000, timeout },
  );
}
