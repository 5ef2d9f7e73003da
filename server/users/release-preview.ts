import type { Principal } from "@/server/access/gate";
import { seatsOfUser } from "./user-lookup";
import { type ListedUserSeat, otherSpellings, type Patience } from "./user-search";

/**
 * What releasing a user everywhere would release now, and the seats of other spellings, which it would not: whether they
 * are the same user is for a person to decide.
 */
export type ReleasePreview = { seats: ListedUserSeat[]; others: ListedUserSeat[] };

export async function previewRelease(
  who: Principal,
  subject: string,
  patience: Patience,
): Promise<ReleasePreview> {
  const [seats, others] = await Promise.all([
    seatsOfUser(who, subject),
    otherSpellings(who, subject, patience),
  ]);
  const idOf = ({ license, instance }: ListedUserSeat) => `${license} ${instance}`;
  const held = new Set(seats.map(idOf));
  return { seats, others: others.filter((seat) => !held.has(idOf(seat))) };
}
