import type { ReclaimRule } from "./reclaim-rule";
import { type KeptReason, type KnownUse, quietSince, type ReclaimReason, seatUse } from "./seat-use";

/** Seats of which the same is known, by instance. */
export type SeatGroup = KnownUse & { instances: readonly string[] };

/** A seat that a rule releases: why, and since which UTC day it is quiet. */
export type DueSeat = { instance: string; reason: ReclaimReason; since: string; lastUsed: string | null };

/** What a rule would do now. */
export type ReclaimPlan = {
  /** The seats of the next run, the longest unused first. */
  due: DueSeat[];
  /** How many more seats are due; later runs release them. */
  later: number;
  /** How many seats are kept, and why; `exempt` are on the never-release list. */
  kept: Record<KeptReason | "exempt", number>;
};

type Terms = Pick<ReclaimRule, "idleDays" | "graceDays" | "most"> & { leaseDays: number };

/** The seats that a rule releases, at most as many as a run may. `isExempt` knows the never-release list. */
export function reclaimPlan(
  groups: readonly SeatGroup[],
  terms: Terms,
  isExempt: (instance: string) => boolean,
  now: Date,
): ReclaimPlan {
  const kept = { unreported: 0, new: 0, used: 0, silent: 0, exempt: 0 };
  const all: DueSeat[] = [];
  for (const group of groups) {
    const use = seatUse(group, terms, now);
    if ("kept" in use) kept[use.kept] += group.instances.length;
    else
      for (const instance of group.instances)
        if (isExempt(instance)) kept.exempt += 1;
        else all.push({ instance, reason: use.due, since: quietSince(group), lastUsed: group.lastUsed });
  }
  all.sort(longestFirst);
  return { due: all.slice(0, terms.most), later: Math.max(0, all.length - terms.most), kept };
}

function longestFirst(one: DueSeat, other: DueSeat): number {
  return compare(one.since, other.since) || compare(one.instance, other.instance);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
