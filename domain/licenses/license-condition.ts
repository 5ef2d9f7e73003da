import { needsOf } from "./attention";
import { isServing } from "./license-state";
import { type LicenseHealth, statesOf } from "./license-summary";

/** How a license is as a whole. Every license is in exactly one condition, so their counts add up. */
export const LICENSE_CONDITIONS = ["needs", "near", "healthy", "stopped"] as const;
export type LicenseCondition = (typeof LICENSE_CONDITIONS)[number];

/**
 * `needs` if anything about it needs attention; else `stopped` if it is suspended, revoked or expired, `near` if an
 * allotment is nearly or entirely used, and `healthy` otherwise.
 */
export function conditionOf(glance: LicenseHealth, now: Date): LicenseCondition {
  if (needsOf(glance, now).length > 0) return "needs";
  if (!isServing(glance.status, glance.standing)) return "stopped";
  return statesOf(glance)[0] === "within" ? "healthy" : "near";
}

/** How many licenses are in each condition. */
export function countConditions(
  glances: readonly LicenseHealth[],
  now: Date,
): Record<LicenseCondition, number> {
  const counts = { needs: 0, near: 0, healthy: 0, stopped: 0 };
  for (const glance of glances) counts[conditionOf(glance, now)] += 1;
  return counts;
}
