import type { Patch, Reverted } from "@/domain/assignments/assignment";
import type { Move } from "@/domain/assignments/assignment-moves";
import type { SeatInverse } from "@/server/assignments/undo/undo-token";

/** The source of assignments that no deployment added. */
export const ADMIN_SOURCE = "admin";

/** Patches in order, and which of them depend on others. */
export type SeatPlan = { patches: Patch[]; dependsOn: Map<Patch, Patch> };

type Place = { license: string; now: Date };
type Wanted = { allotment: string; subject: string; lastUsed?: string | null };
type Held = { instance: string };

export function assignPatch({ license, now }: Place, { allotment, subject, lastUsed }: Wanted): Patch {
  const patch = { instance: "", version: 0, license, allotment, subject, created: now.toISOString() };
  return lastUsed ? { ...patch, lastUsed } : patch;
}

export function releasePatch({ license, now }: Place, { instance }: Held): Patch {
  const deleted = now.toISOString();
  return { instance, version: 0, license, allotment: "", subject: "", created: "", deleted };
}

/** Takes the new seat first, and only then releases the old one. */
export function convertPlan(place: Place, seats: readonly (Held & Wanted)[], allotment: string): SeatPlan {
  const plan: SeatPlan = { patches: [], dependsOn: new Map() };
  for (const seat of seats) {
    const take = assignPatch(place, { ...seat, allotment });
    const release = releasePatch(place, seat);
    plan.patches.push(take, release);
    plan.dependsOn.set(release, take);
  }
  return plan;
}

/** The moves that undo changes, the last change first. */
export function undoMoves(place: Place, inverses: readonly SeatInverse[]) {
  const reverts = new Map<Patch, Reverted>();
  const moves = inverses.toReversed().map(({ restore, release }): Move => {
    const take = restore && assignPatch(place, { allotment: restore.allotment, subject: restore.subject });
    const leave = release && releasePatch(place, release);
    if (take) reverts.set(take, { version: restore.version, restores: restore });
    if (leave) reverts.set(leave, { version: release.version });
    return { take, leave };
  });
  return { moves, reverts };
}
