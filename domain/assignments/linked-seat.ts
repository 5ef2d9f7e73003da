import { hashIn } from "@/domain/offline/hashed-subject";
import type { PatchContext, PatchResults, Seats } from "./assignment";
import { nameSeat, openPatchState, seatKey } from "./patch-state";

/** The user that a seat of which only a hash is known gets by hand. */
export type SeatLink = { instance: string; subject: string };

/** Why a seat cannot be linked: it is gone, has a name, or the user holds another one of the allotment. */
export type LinkRefusal = "GONE" | "NAMED" | "HELD";

/** Gives a hash's seat a name: the same instance and rank, the next version. */
export function linkedSeat(
  seats: Seats,
  { instance, subject }: SeatLink,
  how: PatchContext,
): PatchResults | LinkRefusal {
  const state = openPatchState(seats, how);
  const row = state.byInstance.get(instance);
  if (!row || row.deleted) return "GONE";
  if (!hashIn(row.subject)) return "NAMED";
  const index = how.indexOf(subject);
  if (state.bySeat.has(seatKey({ allotment: row.allotment, index }))) return "HELD";
  nameSeat(state, row, { subject, index });
  const { version, changes } = state;
  return { version, answers: [], changes, rejected: [] };
}
