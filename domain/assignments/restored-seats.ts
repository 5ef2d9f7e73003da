import type { RejectionCode } from "@/domain/refusals/refusal";
import type { Assignment, Restored } from "./assignment";
import { isFull, type PatchState, seatKey, takeSeat } from "./patch-state";

/**
 * Restores a released seat: a new instance, with the old time and rank, which decide excess. It needs a free seat, or
 * an allotment without shares that this doesn't fill beyond its level at the release. A seat that its subject holds
 * already, or that was restored before, stays as it is.
 */
export function restoreSeat(
  state: PatchState,
  { instance, subject, live }: Restored,
): Assignment | RejectionCode | null {
  const gone = state.byInstance.get(instance);
  if (!gone?.deleted || gone.index !== state.how.indexOf(subject)) return null;
  const known = state.bySeat.get(seatKey(gone)) ?? laterLife(state, gone);
  if (known) return known;
  const pool = state.seats.pools.get(gone.allotment);
  if (pool?.class !== "assigned") return "UNKNOWN_ALLOTMENT";
  if (!state.seats.accepts) return "LICENSE_NOT_VALID";
  if (isFull(state, gone.allotment, gone.source, live)) return "NO_AVAILABLE_UNITS";
  const { allotment, index, created, received, source, auto, lastUsed } = gone;
  return takeSeat(
    state,
    { allotment, index, subject, created, received, source, auto, lastUsed },
    gone.addedAt,
  );
}

/** The seat from an earlier restore: no other seat has its rank. */
function laterLife({ byInstance }: PatchState, gone: Assignment): Assignment | undefined {
  return [...byInstance.values()].find(
    ({ addedAt, version }) => addedAt === gone.addedAt && version > gone.version,
  );
}
