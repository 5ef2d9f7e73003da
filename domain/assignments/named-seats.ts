import { nameKey } from "@/domain/licenses/definition";
import { hashedSubject, hashIn } from "@/domain/offline/hashed-subject";
import { isPlainText } from "@/domain/text";
import type { Assignment, Patch, PatchContext, Seats } from "./assignment";
import { seatKey } from "./patch-state";
import { isSubject } from "./subject";

/** A seat named by its user and allotment. Its values are unchecked. */
export type NamedSeat = { subject: unknown; allotment: unknown };

/**
 * A seat to move: from `sourceSubject`, by default the subject itself, and `sourceType`, by default the only seat that
 * the user holds; to `subject`, and `type`, by default the allotment as it is. Its values are unchecked.
 */
export type NamedMove = { subject: unknown; type?: unknown; sourceSubject?: unknown; sourceType?: unknown };

/** What a move needs. A seat that is where it should be moves nowhere. */
export type PlannedMove =
  | { from: Assignment; to: { subject: string; allotment: string }; isSameUser: boolean }
  | "STAYS"
  | "NOT_FOUND"
  | "SEVERAL";

/** Finds live seats among the loaded rows. */
function namedSeats({ touched }: Seats, indexOf: PatchContext["indexOf"]) {
  const live = touched.filter(({ deleted }) => !deleted);
  const bySeat = new Map(live.map((row) => [seatKey(row), row]));
  return {
    seatOf({ subject, allotment }: NamedSeat): Assignment | undefined {
      if (!isSubject(subject) || !isPlainText(allotment)) return undefined;
      return bySeat.get(seatKey({ allotment: nameKey(allotment), index: indexOf(subject) }));
    },
    seatsOf(subject: unknown): Assignment[] {
      if (!isSubject(subject)) return [];
      const index = indexOf(subject);
      return live.filter((row) => row.index === index);
    },
  };
}

/** Releases the seats that are named, each once; a name that nobody holds becomes a release of nothing. */
export function releasesOf(
  seats: Seats,
  named: readonly NamedSeat[],
  { indexOf, now }: PatchContext,
): Patch[] {
  const { seatOf } = namedSeats(seats, indexOf);
  return named.map((name) => releaseOf(seats, seatOf(name)?.instance ?? "", now));
}

/** Releases every seat that a user holds, also one of which only the user's hash is known, and seats by their instances. */
export function releasesOfUser(
  seats: Seats,
  subject: string,
  { indexOf, hashOf, now }: PatchContext,
  instances: readonly string[] = [],
): Patch[] {
  const hash = hashOf && !hashIn(subject) ? [indexOf(hashedSubject(hashOf(subject)))] : [];
  const indexes = new Set([indexOf(subject), ...hash]);
  const held = seats.touched.filter(
    ({ deleted, index, instance }) => !deleted && (indexes.has(index) || instances.includes(instance)),
  );
  return held.map(({ instance }) => releaseOf(seats, instance, now));
}

function releaseOf({ license }: Seats, instance: string, now: Date): Patch {
  const deleted = now.toISOString();
  return { instance, version: 0, license, allotment: "", subject: "", created: "", deleted };
}

/** Finds the seat of each move. A seat moves once: for a later move it isn't there any more. */
export function planMoves(
  seats: Seats,
  moves: readonly NamedMove[],
  { indexOf }: PatchContext,
): PlannedMove[] {
  const { seatOf, seatsOf } = namedSeats(seats, indexOf);
  const moved = new Set<Assignment>();
  return moves.map(({ subject, type, sourceSubject = subject, sourceType }): PlannedMove => {
    const named =
      sourceType === undefined
        ? seatsOf(sourceSubject)
        : [seatOf({ subject: sourceSubject, allotment: sourceType })];
    const held = named.flatMap((seat) => (seat && !moved.has(seat) ? [seat] : []));
    const [from] = held;
    if (!from) return "NOT_FOUND";
    if (held.length > 1) return "SEVERAL";
    const to = { subject: subject as string, allotment: (type ?? from.allotment) as string }; // checked by the take
    const isSameUser = isSubject(subject) && indexOf(subject) === from.index;
    if (isSameUser && isPlainText(to.allotment) && nameKey(to.allotment) === from.allotment) return "STAYS";
    moved.add(from);
    return { from, to, isSameUser };
  });
}
