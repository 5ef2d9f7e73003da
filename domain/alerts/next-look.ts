import { addDays, DAY, dayOf } from "@/domain/month";
import type { AlertRule } from "./alert-rules";
import type { LicenseFacts } from "./license-facts";

/** Rejections leave the last 24 hours without any change. */
const REJECTIONS_MS = 10 * 60_000;

/**
 * The next moment at which the conditions of a license can change although nothing of it does: the next midnight in
 * UTC, when units, validities and months change, or when a deployment has been silent for long enough, or a signed
 * definition comes near its end.
 */
export function nextLook(facts: LicenseFacts, rules: readonly AlertRule[], now: Date): Date {
  const midnight = Date.parse(addDays(dayOf(now), 1));
  const daysOf = (when: AlertRule["when"]) =>
    rules.flatMap((rule) => (rule.when === when ? [(rule.value ?? 0) * DAY] : []));
  const silent = daysOf("silent.days").flatMap((days) =>
    facts.deployments.map(({ lastSeen }) => lastSeen.getTime() + days),
  );
  const ends = facts.checkouts.flatMap(({ expires }) =>
    [0, ...daysOf("checkout.days")].map((days) => expires.getTime() - days),
  );
  const rejected = facts.rejected > 0 ? [now.getTime() + REJECTIONS_MS] : [];
  const ahead = [...silent, ...ends, ...rejected].filter((at) => at > now.getTime());
  return new Date(Math.min(midnight, ...ahead));
}
