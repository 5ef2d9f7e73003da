import { hiddenIn } from "@/domain/look-alikes";
import { hashedSubject, hashIn } from "@/domain/offline/hashed-subject";
import { type AliasRefusal, aliasesOf, aliasRefusal } from "./aliases";
import type { Assignment, PatchContext, PatchResults, Seats } from "./assignment";
import { freeSeat, nameSeat, openPatchState, type PatchState, respellSeat } from "./patch-state";
import { isSubject } from "./subject";
import { type Spellings, spellings, textsOf, withSpelling } from "./user-spellings";

/** Two subjects to declare one user: the user's own, and the alias. */
export type NamedAlias = { subject: string; alias: string };

/** `user` and `alias` are the indexes of the pair; `isNew` is false if it was declared before. */
export type DeclaredAlias = PatchResults & { user: string; alias: string; isNew: boolean };

/**
 * Declares an alias. Of two seats of an allotment the one with the later rank is released; the other one becomes the
 * user's, with its rank and both spellings. `seats.touched` must have the seats of both subjects in every allotment.
 */
export function declaredAlias(
  seats: Seats,
  named: NamedAlias,
  how: PatchContext,
): DeclaredAlias | AliasRefusal | "INVALID_SUBJECT" {
  const spelledIndexOf = how.aliases?.spelledIndexOf ?? how.indexOf;
  const pair = { user: spelledIndexOf(named.subject), alias: spelledIndexOf(named.alias) };
  const refusal = aliasRefusal(pair, how.aliases);
  if (refusal) return refusal;
  const held = seatsOf(seats, named, pair, how);
  if ([named.subject, named.alias].some((text) => !canName(text, held))) return "INVALID_SUBJECT";
  const pairs = [...(how.aliases?.userOf ?? [])].map(([alias, user]) => ({ alias, user }));
  const state = openPatchState(seats, { ...how, aliases: aliasesOf([...pairs, pair], spelledIndexOf) });
  const shown = spellingsOf(held, named, pair.user, spelledIndexOf);
  for (const rows of byAllotment(held)) unite(state, rows, pair.user, shown);
  const { version, changes } = state;
  const isNew = how.aliases?.userOf.get(pair.alias) !== pair.user;
  return { version, answers: [], changes, rejected: [], ...pair, isNew };
}

/**
 * Removes an alias: its user's rows lose it. A seat of which no other spelling is known stays with that spelling, which
 * is a user of its own then.
 */
export function removedAlias(
  seats: Seats,
  { alias, user }: { alias: string; user: string },
  how: PatchContext,
): PatchResults {
  const state = openPatchState(seats, how);
  const spelledIndexOf = how.aliases?.spelledIndexOf ?? how.indexOf;
  for (const row of byRank(seats.touched)) {
    if (row.deleted || row.index !== user) continue;
    const [subject, ...aliases] = textsOf(row).filter((text) => spelledIndexOf(text) !== alias);
    if (subject !== undefined) respellSeat(state, row, spellings(subject, aliases));
    else nameSeat(state, row, { subject: row.subject, index: alias });
  }
  const { version, changes } = state;
  return { version, answers: [], changes, rejected: [] };
}

/** The live seats of both subjects, and those of their hashes, by rank. */
function seatsOf(
  seats: Seats,
  { subject, alias }: NamedAlias,
  pair: { alias: string; user: string },
  { indexOf, hashOf }: PatchContext,
): Assignment[] {
  const hashes = hashOf ? [subject, alias].map((text) => indexOf(hashedSubject(hashOf(text)))) : [];
  const indexes = new Set([pair.user, pair.alias, ...hashes]);
  return byRank(seats.touched.filter(({ deleted, index }) => !deleted && indexes.has(index)));
}

function byRank(rows: readonly Assignment[]): Assignment[] {
  return rows.toSorted((one, other) => one.addedAt - other.addedAt);
}

/** Whether a text can be a spelling of a user: as for a new seat, except for one that is on a seat already. */
function canName(text: string, held: readonly Assignment[]): boolean {
  if (!isSubject(text) || hashIn(text)) return false;
  return hiddenIn(text) === null || held.some((row) => textsOf(row).includes(text));
}

/** The spellings as they are on seats, else as they were sent. */
function spellingsOf(
  held: readonly Assignment[],
  { subject, alias }: NamedAlias,
  user: string,
  spelledIndexOf: (subject: string) => string,
): Spellings {
  const texts = [...held.flatMap(textsOf).filter((text) => !hashIn(text)), subject, alias];
  const known = texts.reduce<Spellings | undefined>(
    (all, text) => withSpelling(all, text, user, { spelledIndexOf }),
    undefined,
  );
  return known ?? { subject };
}

function byAllotment(rows: readonly Assignment[]): Assignment[][] {
  const allotments = new Set(rows.map(({ allotment }) => allotment));
  return [...allotments].map((name) => rows.filter(({ allotment }) => allotment === name));
}

/** Keeps the first of a user's seats of an allotment, and releases the others. */
function unite(
  state: PatchState,
  [first, ...others]: readonly Assignment[],
  user: string,
  shown: Spellings,
): void {
  for (const row of others) freeSeat(state, row);
  if (!first) return;
  if (first.index === user) respellSeat(state, first, shown);
  else nameSeat(state, first, { ...shown, index: user });
}
