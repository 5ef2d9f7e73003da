import { linkedSeat, type SeatLink } from "@/domain/assignments/linked-seat";
import { isSubject } from "@/domain/assignments/subject";
import { hiddenIn, hiddenText } from "@/domain/look-alikes";
import { hashIn } from "@/domain/offline/hashed-subject";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { openSeats } from "@/server/assignments/lists/open-seats";
import { changeByHand } from "@/server/assignments/log/assignment-changes";
import { keepHashes } from "@/server/assignments/log/offline-hashes";
import { ADMIN_SOURCE, assignPatch, releasePatch } from "./seat-patches";

/** Links a user to a seat of which only a hash is known. The seat stays the same one. */
export async function linkSeat(
  license: string,
  { instance, subject }: SeatLink,
  actor: Actor,
  now: Date,
): Promise<{ version: number; allotment: string }> {
  refuseName(subject);
  const [seat] = await openSeats(license, [instance]);
  if (!seat) throw nothingHere();
  await keepHashes(license);
  const place = { license, now };
  const patches = [releasePatch(place, { instance }), assignPatch(place, { ...seat, subject })];
  const changer = { source: ADMIN_SOURCE, actor, now, unkept: true };
  const { changes } = await changeByHand(license, patches, changer, (seats, how) => {
    const linked = linkedSeat(seats, { instance, subject }, how);
    if (linked === "GONE") throw nothingHere();
    if (linked === "NAMED")
      throw new Refusal("CHANGED_MEANWHILE", "This seat already has a user. Nothing was changed.");
    if (linked === "HELD")
      throw new Refusal(
        "ALREADY_LINKED",
        `${subject} already has a seat in ${seat.allotment}. Nothing was changed. Release one of the two seats.`,
      );
    return linked;
  });
  return { version: changes[0]?.row.version ?? 0, allotment: seat.allotment };
}

function refuseName(subject: string): void {
  const hidden = isSubject(subject) ? hiddenIn(subject) : null;
  if (hidden) throw new Refusal("INVALID_SUBJECT", hiddenText(hidden));
  if (isSubject(subject) && !hashIn(subject)) return;
  throw new Refusal(
    "INVALID_SUBJECT",
    "A hash can't be a user. Write DOMAIN\\user, or the sub of your identity provider.",
  );
}
