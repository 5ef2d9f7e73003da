import type { Condition } from "./alert";
import type { AlertRule } from "./alert-rules";
import { licenseConditions } from "./license-conditions";
import type { LicenseFacts } from "./license-facts";

/** The limits that a license itself sets: its quota, its cap, its units and its end. */
const LIMITS: readonly AlertRule[] = [
  { when: "capacity.percent", value: 100 },
  { when: "overage.percent", value: 100 },
  { when: "seats.percent", value: 100 },
  { when: "license.days", value: 0 },
];
const KINDS = ["capacity.quota-reached", "capacity.cap-reached", "seats.full", "expired"];

/** Whether reaching the limit is an event whatever the rules are. Rules only decide who is told. */
export function isLimit(kind: string): boolean {
  return KINDS.includes(kind);
}

/** The limits of a license that are reached at one moment. */
export function reachedLimits(facts: LicenseFacts, now: Date): Condition[] {
  return licenseConditions(facts, LIMITS, now).filter(({ kind, state }) => state === "on" && isLimit(kind));
}
