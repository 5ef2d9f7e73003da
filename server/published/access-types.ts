import { isInstance } from "@/domain/assignments/assignments";
import { type AccessType, decimalOf, qrsAccess } from "@/domain/qrs/access-types";
import { nothingHere } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { ADMIN_SOURCE, releasePatch } from "@/server/assignments/changes/seat-patches";
import { findSeats } from "@/server/assignments/lists/assignment-list";
import { openSeats } from "@/server/assignments/lists/open-seats";
import { usesAmong } from "@/server/assignments/lists/seat-order";
import { changeAssignments } from "@/server/assignments/log/assignment-changes";

type Found = Pick<Awaited<ReturnType<typeof findSeats>>, "seats" | "stateOf">;

/** The seats of an allotment as accesses of the repository service, in the order of adding. */
export async function listAccesses(license: string, type: AccessType, now: Date) {
  return accessesOf(license, type, await findSeats(license, { allotment: type }, now));
}

/** How many seats of an allotment are held. */
export async function countAccesses(license: string, type: AccessType, now: Date): Promise<number> {
  return (await findSeats(license, { allotment: type }, now)).seats.length;
}

/** The access with an id. Throws `NOT_FOUND` for a seat that isn't held in this allotment. */
export async function accessById(license: string, type: AccessType, id: string, now: Date) {
  const instance = decimalOf(id);
  const { seats, stateOf } = await findSeats(license, { allotment: type }, now);
  const wanted = seats.filter((seat) => seat.instance === instance);
  const [access] = await accessesOf(license, type, { seats: wanted, stateOf });
  if (!access) throw nothingHere();
  return access;
}

async function accessesOf(license: string, type: AccessType, { seats, stateOf }: Found) {
  const uses = await usesAmong(license, seats);
  return seats.map((seat) => {
    const isExcess = stateOf(seat) === "excess";
    return qrsAccess(type, { ...seat, isExcess, lastUsed: uses.get(seat.instance) ?? null });
  });
}

/** Releases a seat by the id of its access. Throws `NOT_FOUND` for one that isn't held in this allotment. */
export async function releaseAccess(
  license: string,
  type: AccessType,
  id: string,
  { actor, now }: { actor: Actor; now: Date },
): Promise<void> {
  const instance = decimalOf(id);
  const [seat] = isInstance(instance) ? await openSeats(license, [instance]) : [];
  if (seat?.allotment !== type) throw nothingHere();
  const patch = releasePatch({ license, now }, seat);
  const { changes } = await changeAssignments(license, [patch], { source: ADMIN_SOURCE, actor, now });
  if (changes.length === 0) throw nothingHere();
}
