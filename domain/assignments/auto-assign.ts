import { nameKey } from "@/domain/licenses/definition";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";

/** Which allotments people may take a seat of by themselves. */
export type AutoAssign = { professional: boolean; analyzer: boolean };

/** What someone gets who signs in without a seat: the name of an allotment, and whether it is a seat of it or minutes; null for nothing. */
export type AutoAssigned = { allotment: string; class: LicenseAllotment["class"] } | null;

const ORDER = ["professional", "analyzer"] as const;
const FIRST_CAPACITY = "analyzer_time";

/**
 * Gives, one after the other, to people without a seat: a professional seat, then an analyzer one, each where it is
 * switched on and free, and else minutes of the pool that products count them in, unless it is used up.
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
