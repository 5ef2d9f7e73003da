import { capOf } from "@/domain/consumption/quota";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";

/** An allotment that can be shared, and how much of it is free now; null without a cap. */
export type FreeShare = { allotment: string; unit: "seats" | "minutes"; free: number | null };

export function freeShares(pools: readonly LicenseAllotment[]): FreeShare[] {
  return pools.flatMap((pool): FreeShare[] => {
    const { name: allotment, reserved } = pool;
    if (pool.class === "assigned")
      return pool.isDropped
        ? []
        : [{ allotment, unit: "seats", free: Math.max(0, pool.units - pool.live - reserved) }];
    const cap = capOf(pool);
    return [
      { allotment, unit: "minutes", free: cap === null ? null : Math.max(0, cap - pool.total - reserved) },
    ];
  });
}
