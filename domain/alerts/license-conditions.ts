import { nameKey } from "@/domain/licenses/definition";
import { DAY, dayOf, monthOf } from "@/domain/month";
import type { Condition } from "./alert";
import { type AlertRule, ruleKey } from "./alert-rules";
import { allotmentConditions } from "./allotment-conditions";
import { crossingState } from "./crossing";
import { endCondition } from "./end-conditions";
import type { AnnouncedRelease, HeardDeployment, LicenseFacts } from "./license-facts";
import { quietFor } from "./quiet";

/**
 * The conditions of a license under its rules at one moment. A license that was stopped on purpose has none, and one
 * that has expired only says so.
 */
export function licenseConditions(facts: LicenseFacts, rules: readonly AlertRule[], now: Date): Condition[] {
  if (facts.status !== "active") return [];
  const ended = rules.flatMap((rule) => endConditions(facts, rule, now));
  if (facts.standing === "expired") return ended;
  const serving = withoutTwins(rules.flatMap((rule) => servingConditions(facts, rule, now)));
  return [...ended, ...serving, ...facts.releases.map(releaseCondition)];
}

/** Of small pools several rules are the same limit, such as 80% and 100% of one seat: the greatest stays. */
function withoutTwins(conditions: readonly Condition[]): Condition[] {
  const kept = new Map<string, Condition>();
  for (const condition of conditions) {
    const limit = `${condition.series}\n${condition.rank}`;
    const twin = kept.get(limit);
    if (!twin || Number(condition.data.value) > Number(twin.data.value)) kept.set(limit, condition);
  }
  return [...kept.values()];
}

function servingConditions(facts: LicenseFacts, rule: AlertRule, now: Date): Condition[] {
  switch (rule.when) {
    case "checkout.days":
      return facts.checkouts.flatMap((checkout) => checkoutConditions(checkout, rule, now));
    case "silent.days":
      return facts.deployments.flatMap((deployment) => silentConditions(deployment, rule, now));
    case "rejections.number":
      return [rejectionCondition(facts.rejected, rule, now)];
    default:
      return facts.allotments
        .filter(({ name }) => rule.allotment === undefined || nameKey(rule.allotment) === nameKey(name))
        .flatMap((allotment) => allotmentConditions(allotment, rule, now));
  }
}

function endConditions({ endsAt }: LicenseFacts, rule: AlertRule, now: Date): Condition[] {
  if (rule.when !== "license.days" || endsAt === null) return [];
  const end = { series: "license", rule, at: endsAt, now };
  return rule.value === 0 ? [endCondition("expired", end)] : [endCondition("expiring", end)];
}

function checkoutConditions(
  { id, label, product, issued, expires }: LicenseFacts["checkouts"][number],
  rule: AlertRule,
  now: Date,
): Condition[] {
  // One that was issued for fewer days than the rule asks for was never further away from its end.
  if (expires.getTime() - issued.getTime() <= (rule.value ?? 0) * DAY) return [];
  const more = { checkout: id, label, product };
  return [endCondition("checkout.expiring", { series: `checkout ${id}`, rule, at: expires, now, more })];
}

function silentConditions(
  { source, name, lastSeen }: HeardDeployment,
  rule: AlertRule,
  now: Date,
): Condition[] {
  const state = quietFor(lastSeen, rule.value ?? 1, now);
  const series = `silent ${source}`;
  const data = { source, name, lastSeen: lastSeen.toISOString(), days: rule.value ?? 1 };
  const rank = rule.value ?? 1;
  return [
    {
      kind: "deployment.silent",
      series,
      rule: ruleKey(rule),
      rank,
      state,
      term: "",
      once: monthOf(now),
      data,
    },
  ];
}

/** Whoever let a rule release seats hears of each release before it, whatever the alert rules are. */
function releaseCondition({ run, allotment, seats, release }: AnnouncedRelease): Condition {
  return {
    kind: "reclaim.announced",
    series: `reclaim ${run}`,
    rule: "reclaim",
    rank: seats,
    state: "on",
    term: "",
    once: run,
    data: { run, allotment, seats, release: release.toISOString() },
  };
}

function rejectionCondition(rejected: number, rule: AlertRule, now: Date): Condition {
  const on = rule.value ?? 1;
  const state = crossingState(rejected, { on, off: Math.max(1, Math.ceil(on / 2)) });
  const data = { users: rejected, day: dayOf(now) };
  const same = { series: "rejections", rule: ruleKey(rule), rank: on };
  return { kind: "rejections", ...same, state, term: "", once: monthOf(now), data };
}
