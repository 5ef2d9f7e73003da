import { type SubjectMatching, subjectKey } from "@/domain/assignments/subject";
import { eachMatch, type NameText } from "./name-text";

type Named = { subject: string; folded: string };

/** The seats of a license by their folded names, and the text of these. */
export type LicenseNames<Seat extends Named> = {
  license: string;
  matching: SubjectMatching;
  seats: readonly Seat[];
  names: NameText;
};

/** A seat of a user, and the license that it belongs to. */
export type SeatFound<Seat> = { license: string; matching: SubjectMatching; seat: Seat };

/** A user with the seats that the name has in each license, by that license's own matching. */
export type UserFound<Seat> = { subject: string; seats: SeatFound<Seat>[] };

/** `seats` is how many match on all pages; `next` is where the next page begins, null after the last one. */
export type UsersPage<Seat> = { users: UserFound<Seat>[]; seats: number; next: string | null };

/** `part` is folded, and empty for all users; `after` is where the page before ended. */
export type UsersAsked = { part: string; after: string | null; limit: number };

/** The users by name whose name contains a part, over licenses. Spellings that fold alike share a page, even beyond its limit. */
export function usersPage<Seat extends Named>(
  licenses: Iterable<LicenseNames<Seat>>,
  { part, after, limit }: UsersAsked,
): UsersPage<Seat> {
  const first = firstNames<Seat>(limit + 1);
  let seats = 0;
  for (const of of licenses) {
    const from = firstAfter(of.seats, after);
    seats += part === "" ? takeAll(of, first, from) : takeMatches(of, part, first, from);
  }
  const found = first.sorted();
  const shown = found.slice(0, limit);
  const next = found.length > limit ? (shown.at(-1)?.[0] ?? null) : null;
  return { users: shown.flatMap(([, group]) => usersOf(group)), seats, next };
}

type Taking<Seat extends Named> = Pick<ReturnType<typeof firstNames<Seat>>, "take">;

/** Takes the seats from one on, as long as their names are among the first. Returns the number of all. */
function takeAll<Seat extends Named>(of: LicenseNames<Seat>, { take }: Taking<Seat>, from: number): number {
  for (let at = from; at < of.seats.length; at += 1) if (!take(of, of.seats[at] as Seat)) break; // `at` is within
  return of.seats.length;
}

/** Takes the seats that match from one on, as long as their names are among the first, and counts all that match. */
function takeMatches<Seat extends Named>(
  of: LicenseNames<Seat>,
  part: string,
  { take }: Taking<Seat>,
  from: number,
): number {
  let count = 0;
  let isPast = false;
  eachMatch(of.names, part, (at) => {
    count += 1;
    // Names are sorted: after the first one that comes too late, only the text is looked at.
    if (at >= from && !isPast) isPast = !take(of, of.seats[at] as Seat); // the text has a line for each seat
  });
  return count;
}

/** Collects the seats of the first names, so that few are kept however many are offered. */
function firstNames<Seat extends Named>(most: number) {
  const found = new Map<string, SeatFound<Seat>[]>();
  let last: string | null = null;
  const sorted = () => [...found].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, most);
  const drop = () => {
    const kept = sorted();
    last = kept.at(-1)?.[0] ?? null;
    found.clear();
    for (const [name, seats] of kept) found.set(name, seats);
  };
  /** False for a seat whose name isn't among the first. */
  const take = ({ license, matching }: LicenseNames<Seat>, seat: Seat): boolean => {
    const { folded } = seat;
    if (last !== null && folded > last) return false;
    const known = found.get(folded);
    if (known) known.push({ license, matching, seat });
    else found.set(folded, [{ license, matching, seat }]);
    if (found.size > 2 * most) drop();
    return true;
  };
  return { take, sorted };
}

function firstAfter(seats: readonly Named[], after: string | null): number {
  if (after === null) return 0;
  let low = 0;
  let high = seats.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seats[middle]?.folded ?? "") > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Where licenses tell spellings apart that fold alike, each is a user; other licenses give their seats to each of them. */
function usersOf<Seat extends Named>(group: SeatFound<Seat>[]): UserFound<Seat>[] {
  const keyOf = ({ seat }: SeatFound<Seat>) => subjectKey(seat.subject, "exact");
  const exact = group.filter(({ matching }) => matching === "exact");
  const spellings = [...new Set(exact.map(keyOf))];
  if (spellings.length < 2)
    return [{ subject: usualSpelling(exact.length > 0 ? exact : group), seats: group }];
  return spellings.map((spelling) => ({
    subject: spelling,
    seats: group.filter((one) => one.matching === "folded" || keyOf(one) === spelling),
  }));
}

/** The spelling that most of the seats have. */
function usualSpelling(seats: readonly SeatFound<Named>[]): string {
  const counts = new Map<string, number>();
  for (const { seat } of seats) counts.set(seat.subject, (counts.get(seat.subject) ?? 0) + 1);
  const [usual] = [...counts].sort(([, one], [, other]) => other - one);
  return usual?.[0] ?? "";
}
