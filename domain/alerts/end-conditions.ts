import { DAY } from "@/domain/month";
import type { AlertData, AlertKind, Condition } from "./alert";
import { type AlertRule, ruleKey } from "./alert-rules";

/** Something with an end, and a rule that counts the days to it. */
type End = { series: string; rule: AlertRule; at: Date; now: Date; more?: AlertData };

/** An end is news for so many days. */
const NEWS_DAYS = 30;

/**
 * With a value of 0 the rule is about the end itself, for 30 days; with N about the N days before it. Another end date
 * is another term, so that a renewal resolves, and its own end is announced again.
 */
export function endCondition(kind: AlertKind, { series, rule, at, now, more }: End): Condition {
  const days = rule.value ?? 0;
  const left = at.getTime() - now.getTime();
  const isOn = days === 0 ? left <= 0 && left > -NEWS_DAYS * DAY : left > 0 && left <= days * DAY;
  const term = at.toISOString();
  const data = { ...more, ends: term, days };
  const state = isOn ? "on" : "off";
  return { kind, series, rule: ruleKey(rule), rank: -days, state, term, once: term, data };
}
