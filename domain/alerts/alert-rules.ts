import { nameKey } from "@/domain/licenses/definition";
import type { FieldError } from "@/domain/refusals/refusal";

/** What a rule compares its value with, and the unit of that value. */
export const RULE_SUBJECTS = [
  "capacity.percent",
  "capacity.minutes",
  "overage.percent",
  "overage.minutes",
  "seats.percent",
  "seats.number",
  "forecast",
  "license.days",
  "checkout.days",
  "silent.days",
  "rejections.number",
  "token.days",
  "signing-key.days",
  "webhook",
] as const;
export type RuleSubject = (typeof RULE_SUBJECTS)[number];

/** When an alert fires. `value` is absent for subjects that need none; without `allotment` it is about every one. */
export type AlertRule = { when: RuleSubject; value?: number; allotment?: string };

/** The smallest and the largest value of each subject; null if it needs none. */
const RANGES: Record<RuleSubject, [least: number, most: number] | null> = {
  "capacity.percent": [1, 1000],
  "capacity.minutes": [1, 1_000_000_000],
  "overage.percent": [1, 100],
  "overage.minutes": [1, 1_000_000_000],
  "seats.percent": [1, 1000],
  "seats.number": [1, 1_000_000_000],
  forecast: null,
  "license.days": [0, 365],
  "checkout.days": [1, 365],
  "silent.days": [1, 60],
  "rejections.number": [1, 1_000_000],
  "token.days": [1, 365],
  "signing-key.days": [1, 365],
  webhook: null,
};

/** Subjects that are about one allotment. */
const OF_ALLOTMENTS = /^(capacity|overage|seats|forecast)/;
/** Subjects that no license has. */
const OF_INSTALLATION: readonly RuleSubject[] = ["token.days", "signing-key.days", "webhook"];

export const MOST_RULES = 50;

const each = (when: RuleSubject, ...values: number[]): AlertRule[] =>
  values.map((value) => ({ when, value }));

/** The rules of an installation that has set none. */
export const DEFAULT_RULES: readonly AlertRule[] = [
  ...each("capacity.percent", 80, 95, 100),
  ...each("overage.percent", 100),
  ...each("seats.percent", 80, 95, 100),
  { when: "forecast" },
  ...each("license.days", 60, 30, 7, 0),
  ...each("checkout.days", 7),
  ...each("silent.days", 3),
  ...each("rejections.number", 10),
  ...each("token.days", 30, 7),
  ...each("signing-key.days", 30),
  { when: "webhook" },
];

export function rangeOf(when: RuleSubject): readonly [least: number, most: number] | null {
  return RANGES[when];
}

export function isAboutAllotments(when: RuleSubject): boolean {
  return OF_ALLOTMENTS.test(when);
}

export function isAboutInstallation(when: RuleSubject): boolean {
  return OF_INSTALLATION.includes(when);
}

/** Identifies a rule within its set: two rules with the same key are the same rule. */
export function ruleKey({ when, value, allotment }: AlertRule): string {
  return [when, value, allotment && nameKey(allotment)].filter((part) => part !== undefined).join(" ");
}

/** The errors of a set of rules; pointers are relative to the list. `ofLicense` is whether a license has them. */
export function ruleErrors(rules: readonly AlertRule[], ofLicense: boolean): FieldError[] {
  const keys = rules.map(ruleKey);
  return rules.flatMap((rule, index) => {
    const title = whyNot(rule, ofLicense) ?? (keys.indexOf(keys[index] ?? "") < index ? TWICE : null);
    return title === null ? [] : [{ code: "INVALID_RULE", title, pointer: `/${index}` }];
  });
}

const TWICE = "This rule is in the list already.";

function whyNot({ when, value, allotment }: AlertRule, ofLicense: boolean): string | null {
  const range = RANGES[when];
  if (ofLicense && isAboutInstallation(when)) return "Only the installation has this rule.";
  if (allotment !== undefined && !isAboutAllotments(when)) return "This rule is not about an allotment.";
  if (allotment !== undefined && !ofLicense) return "Name an allotment in the rules of its license.";
  if (range === null) return value === undefined ? null : "This rule has no value.";
  const [least, most] = range;
  const isWithin = value !== undefined && Number.isInteger(value) && value >= least && value <= most;
  return isWithin ? null : `Enter a whole number from ${least} to ${most.toLocaleString("en")}.`;
}
