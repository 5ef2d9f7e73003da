/** Two subjects declared one user, by their indexes. */
export type AliasPair = { alias: string; user: string };

/** Aliases of a license, as far as they concern some subjects. */
export type Aliases = {
  /** The index of the user of each alias, by the index of the alias. */
  userOf: ReadonlyMap<string, string>;
  /** The indexes of the users that have aliases. */
  users: ReadonlySet<string>;
  /** The index of a subject as it is spelled, whoever's alias it is. */
  spelledIndexOf: (subject: string) => string;
};

/** How many aliases a user can have. */
export const MOST_ALIASES = 10;

export type AliasRefusal = "SAME_SUBJECT" | "ALIAS_CHAIN" | "TOO_MANY_ALIASES";

export function aliasesOf(
  pairs: readonly AliasPair[],
  spelledIndexOf: Aliases["spelledIndexOf"],
): Aliases | undefined {
  if (pairs.length === 0) return undefined;
  const userOf = new Map(pairs.map(({ alias, user }) => [alias, user]));
  return { userOf, users: new Set(userOf.values()), spelledIndexOf };
}

/** The index of the user that a subject names: an alias names its user. */
export function userIndexOf(
  aliases: Aliases | undefined,
  spelledIndexOf: Aliases["spelledIndexOf"],
): (subject: string) => string {
  if (!aliases) return spelledIndexOf;
  return (subject) => {
    const index = spelledIndexOf(subject);
    return aliases.userOf.get(index) ?? index;
  };
}

/** Why a pair can't be declared; null if it can, or was declared before. An alias has no alias. */
export function aliasRefusal({ alias, user }: AliasPair, known: Aliases | undefined): AliasRefusal | null {
  if (alias === user) return "SAME_SUBJECT";
  const { userOf, users } = known ?? { userOf: new Map<string, string>(), users: new Set<string>() };
  if (userOf.get(alias) === user) return null;
  if (userOf.has(user) || userOf.has(alias) || users.has(alias)) return "ALIAS_CHAIN";
  const held = [...userOf.values()].filter((one) => one === user).length;
  return held < MOST_ALIASES ? null : "TOO_MANY_ALIASES";
}
