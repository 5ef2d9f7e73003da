import { sqlOnPrisma } from "@/server/audit/audit";
import { log } from "@/server/store/log";
import { store } from "@/server/store/store";
import { atOneMoment, SQL_RULES } from "./check";
import { ruleOn, type SqlRule } from "./check-rules";

/** Results so young aren't replaced: the job also runs at every start of a server. */
const FRESH_MS = 45 * 60_000;
/** A rule that takes longer keeps its last result; `signet check` has no such limit. */
const LONGEST_MS = 30_000;

const RULES = SQL_RULES.filter(({ isSlow }) => !isSlow);

/** Checks the rules that are one statement each, one after the other, and keeps the results for the metrics. */
export async function checkStore(now: Date, rules: readonly SqlRule[] = RULES): Promise<void> {
  const { storeCheck } = store().db;
  const { _max: last } = await storeCheck.aggregate({ _max: { at: true } });
  if (last.at && now.getTime() - last.at.getTime() < FRESH_MS) return;
  await storeCheck.deleteMany({ where: { name: { notIn: rules.map(({ name }) => name) } } });
  for (const rule of rules)
    await checkOne(rule, now).catch((error: Error) =>
      log().warn({ rule: rule.name, reason: error.message }, "a rule of the store couldn't be checked"),
    );
}

async function checkOne(rule: SqlRule, now: Date): Promise<void> {
  const { name, broken, first } = await atOneMoment(LONGEST_MS, (tx) => ruleOn(sqlOnPrisma(tx), rule));
  if (broken > 0) log().error({ rule: name, broken, first }, `the store breaks a rule: ${rule.rule}`);
  const found = { broken, at: now };
  await store().db.storeCheck.upsert({ where: { name }, create: { name, ...found }, update: found });
}
