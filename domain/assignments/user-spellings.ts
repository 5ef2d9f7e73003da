import type { Aliases } from "./aliases";
import type { Assignment, Seats } from "./assignment";

/** The subject that a row shows, and the user's other ones. */
export type Spellings = Pick<Assignment, "subject" | "aliases">;

/** The known spellings of each user with aliases, by the user's index. */
export type KnownSpellings = Map<string, Spellings>;

/** The spellings that the live rows have. */
export function spellingsIn({ touched }: Seats, aliases: Aliases | undefined): KnownSpellings {
  const known: KnownSpellings = new Map();
  if (!aliases) return known;
  for (const row of touched)
    if (!row.deleted && aliases.users.has(row.index))
      for (const text of textsOf(row))
        known.set(row.index, withSpelling(known.get(row.index), text, row.index, aliases));
  return known;
}

/** The spellings of a user with one more. The primary is shown if it is known, else the one that came first. */
export function withSpelling(
  known: Spellings | undefined,
  subject: string,
  user: string,
  { spelledIndexOf }: Pick<Aliases, "spelledIndexOf">,
): Spellings {
  const texts = known ? textsOf(known) : [];
  const spelled = spelledIndexOf(subject);
  if (known && texts.some((text) => spelledIndexOf(text) === spelled)) return known;
  const all = [...texts, subject];
  const shown = all.find((text) => spelledIndexOf(text) === user) ?? all[0] ?? subject;
  return spellings(
    shown,
    all.filter((text) => text !== shown),
  );
}

export function spellings(subject: string, aliases: readonly string[]): Spellings {
  return aliases.length > 0 ? { subject, aliases } : { subject };
}

export function textsOf({ subject, aliases = [] }: Spellings): string[] {
  return [subject, ...aliases];
}

/** A row with these spellings: aliases that it had and that aren't among them are gone. */
export function respelled(row: Assignment, { subject, aliases }: Spellings): Assignment {
  const { aliases: _, ...rest } = row;
  return { ...rest, ...spellings(subject, aliases ?? []) };
}

export function isSpelled(row: Assignment, other: Spellings): boolean {
  return textsOf(row).join("\n") === textsOf(other).join("\n");
}
