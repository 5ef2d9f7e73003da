import type { RejectionCode } from "@/domain/refusals/refusal";
import type { Assignment, Restored } from "./assignment";
import { isFull, type PatchState, seatKey, shareSpellings, spell, takeSeat } from "./patch-state";

/**
 * Restores a released seat: a new instance, with the old time and rank, which decide excess. It needs a free seat, or
 * an allotment without shares that this doesn't fill beyond its level at the release. A seat that its subject holds
 * already, or that was restored before, stays as it is.
 */
export function restoreSeat(
  state: PatchState,
  { instance, subject, aliases = [], live }: Restored,
): Assignment | RejectionCode | null {
  const gone = state.byInstance.get(instance);
  if (!gone?.deleted || !isOf(state, gone, subject)) return null;
  const index = state.how.indexOf(subject);
  const known = state.bySeat.get(seatKey({ ...gone, index })) ?? laterLife(state, gone);
  if (known) return known;
  const pool = state.seats.pools.get(gone.allotment);
  if (pool?.class !== "assigned") return "UNKNOWN_ALLOTMENT";
  if (!state.seats.accepts) return "LICENSE_NOT_VALID";
  if (isFull(state, gone.allotment, gone.source, live)) return "NO_AVAILABLE_UNITS";
  const { allotment, created, received, source, auto, lastUsed } = gone;
  for (const alias of aliases) if (state.how.indexOf(alias) === index) spell(state, index, alias);
  const named = spell(state, index, subject);
  const taking = { allotment, index, ...named, created, received, source, auto, lastUsed };
  return shareSpellings(state, takeSeat(state, taking, gone.addedAt));
}

/** Whether a released seat was this user's; before its subject was declared an alias, it had the alias's own index. */
function isOf({ how }: PatchState, { index }: Assignment, subject: string): boolean {
  return index === how.indexOf(subject) || index === how.aliases?.spelledIndexOf(subject);
}

/** The seat from an earlier restore: no other seat has its rank. */
function laterLife({ byInstance }: PatchState, gone: Assignment): Assignment | undefined {
  return [...byInstance.values()].find(
    ({ addedAt, version }) => addedAt === gone.addedAt && version > gone.version,
  );
}
