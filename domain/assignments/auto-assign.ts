import { nameKey } from "@/domain/licenses/definition";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";

/** The allotments from which products may assign a seat automatically. */
export type AutoAssign = { professional: boolean; analyzer: boolean };

/** What a user without a seat gets at sign-in: an allotment, and whether it gives a seat or minutes; null for nothing. */
export type AutoAssigned = { allotment: string; class: LicenseAllotment["class"] } | null;

const ORDER = ["professional", "analyzer"] as const;
const FIRST_CAPACITY = "analyzer_time";

/**
 * Auto-assigns users without a seat, one after the other: a professional seat, then an analyzer seat, each if
 * auto-assign is on and a seat is free; otherwise minutes of the allotment that products use, unless it is used up.
 */
export function autoAssigner(pools: readonly LicenseAllotment[], on: AutoAssign): () => AutoAssigned {
  const seats = ORDER.flatMap((key) => {
    const allotment = pools.find(({ name }) => nameKey(name) === key);
    if (!on[key] || allotment?.class !== "assigned") return [];
    return [
      {
        given: { allotment: allotment.name, class: allotment.class },
        free: allotment.units - allotment.live - allotment.reserved,
      },
    ];
  });
  const capacity = capacityOf(pools);
  return () => {
    const seat = seats.find(({ free }) => free > 0);
    if (!seat) return capacity;
    seat.free -= 1;
    return seat.given;
  };
}

function capacityOf(allotments: readonly LicenseAllotment[]): AutoAssigned {
  const minutes = allotments.filter((allotment) => allotment.class === "time");
  const allotment = minutes.find(({ name }) => nameKey(name) === FIRST_CAPACITY) ?? minutes[0];
  return allotment && !allotment.denied ? { allotment: allotment.name, class: allotment.class } : null;
}
