import { counted } from "@/components/text/numbers";
import { LICENSE_CONDITIONS, type LicenseCondition } from "@/domain/licenses/license-condition";

/** A part of the summary, and the condition that its licenses are in. */
export type HealthText = { condition: LicenseCondition; words: string };

/**
 * A summary such as `3 licenses need attention`, `1 is nearly full`, `21 are healthy`, `2 are expired or stopped`; the
 * first part says what is counted. Conditions without licenses are left out.
 */
export function healthTexts(counts: Record<LicenseCondition, number>): HealthText[] {
  return LICENSE_CONDITIONS.filter((condition) => counts[condition] > 0).map((condition, index) => ({
    condition,
    words: `${index === 0 ? counted(counts[condition], "license") : counts[condition]} ${STATES[condition](counts[condition])}`,
  }));
}

const STATES: Record<LicenseCondition, (number: number) => string> = {
  needs: (number) => (number === 1 ? "needs attention" : "need attention"),
  near: (number) => `${areOf(number)} nearly full`,
  healthy: (number) => `${areOf(number)} healthy`,
  stopped: (number) => `${areOf(number)} expired or stopped`,
};

function areOf(number: number): string {
  return number === 1 ? "is" : "are";
}
