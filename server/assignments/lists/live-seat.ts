/** A live assignment with its subject decrypted, for searching and sorting lists. Its last use is read when it is shown. */
export type LiveSeat = {
  instance: string;
  version: number;
  addedAt: number;
  /** The key of the allotment's name. */
  allotment: string;
  subject: string;
  folded: string;
  /** The other subjects of the same user, if there are any; and as `foldSubject` returns them. */
  aliases?: readonly string[];
  foldedAliases?: readonly string[];
  /** Milliseconds since 1970. */
  created: number;
  source: string;
  auto: boolean;
};

/** The orders in which seats are kept; equal seats are ordered by instance. */
export type SeatOrder = "created" | "folded" | "allotment" | "addedAt" | "instance";

/** Whether any subject of a seat's user contains a text; all of it is folded. */
export function nameContains({ folded, foldedAliases = [] }: LiveSeat, part: string): boolean {
  return folded.includes(part) || foldedAliases.some((alias) => alias.includes(part));
}

/** Compares seats by a field, then by instance. */
export function compareSeats<By extends SeatOrder>(by: By) {
  type Sortable = Pick<LiveSeat, By | "instance">;
  return (a: Sortable, b: Sortable) => compare(a[by], b[by]) || compare(a.instance, b.instance);
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
