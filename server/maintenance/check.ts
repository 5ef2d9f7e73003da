import { sqlOnPrisma } from "@/server/audit/audit";
import { store, type Tx } from "@/server/store/store";
import { auditChainsRule } from "./check-audit";
import { COUNTING_RULES } from "./check-counters";
import { definitionsRule } from "./check-definitions";
import { type CheckedRule, ruleOn } from "./check-rules";
import { subjectRules } from "./check-subjects";

const LONGEST_MS = 6 * 3_600_000;

/**
 * Verifies that counters and repeated values equal the rows, that every subject can be decrypted with its license's
 * keys and occurs nowhere else, and that every audit chain is intact. Everything but the chains is read at one
 * moment, so a server may run meanwhile. `tell` gets each rule as soon as it was checked.
 */
export async function runCheck(tell: (checked: CheckedRule) => void = () => {}): Promise<CheckedRule[]> {
  const checked: CheckedRule[] = [];
  const note = (rule: CheckedRule) => {
    checked.push(rule);
    tell(rule);
  };
  await atOneMoment(async (tx) => {
    const sql = sqlOnPrisma(tx);
    for (const rule of COUNTING_RULES) note(await ruleOn(sql, rule));
    note(await definitionsRule(tx));
    for await (const rule of subjectRules(sql)) note(rule);
  });
  note(await auditChainsRule());
  return checked;
}

/** The embedded store has one session for all, so its settings are changed for this transaction only. */
function atOneMoment(work: (tx: Tx) => Promise<void>): Promise<void> {
  return store().db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = 0`;
      await tx.$executeRaw`SET LOCAL enable_seqscan = on`;
      await work(tx);
    },
    { isolationLevel: "RepeatableRead", maxWait: 10_000, timeout: LONGEST_MS },
  );
}
