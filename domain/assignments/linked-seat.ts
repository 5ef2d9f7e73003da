import { hashIn } from "@/domain/offline/hashed-subject";
import type { PatchContext, PatchResults, Seats } from "./assignment";
import { nameSeat, openPatchState, seatKey, shareSpellings, spell } from "./patch-state";

/** A user linked by hand to a seat of which only a hash is known. */
export type SeatLink = { instance: string; subject: string };

/** Why a seat can't be linked: it no longer exists, it has a name, or the user holds another seat of the allotment. */
export type LinkRefusal = "GONE" | "NAMED" | "HELD";

/** Names a hashed seat: the instance and rank stay, the version is the next one. */
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
  shareSpellings(state, nameSeat(state, row, { ...spell(state, index, subject), index }));
  const { version, changes } = state;
  return { version, answers: [], changes, rejected: [] };
}
