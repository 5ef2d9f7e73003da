import { capOf } from "@/domain/consumption/quota";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";

/** An allotment of which a site can get a share, and how much is free now; null where there is no cap. */
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
