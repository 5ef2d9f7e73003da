import { type SubjectMatching, subjectKey } from "@/domain/assignments/subject";
import { liveSeats } from "@/server/assignments/lists/live-seats";
import { dataKeys } from "@/server/secrets/data-keys";
import { macInHex } from "@/server/secrets/encryption";
import { store } from "@/server/store/store";

type License = { subjectMatching: SubjectMatching; hasAliases: boolean };

const PAIRS = {
  name: "alias_pairs",
  text: `SELECT encode(alias_index, 'hex') AS alias, encode(primary_index, 'hex') AS user
    FROM subject_alias WHERE license = $1`,
};
const SEATS = {
  name: "alias_users_seats",
  text: `SELECT a.instance::text, encode(a.subject_index, 'hex') AS user
    FROM (SELECT DISTINCT primary_index FROM subject_alias WHERE license = $1) s
    JOIN allotment t ON t.license = $1
    JOIN assignment a ON a.license = t.license AND a.allotment = t.key AND a.subject_index = s.primary_index
    WHERE a.deleted IS NULL`,
};

/**
 * A function that returns one key for all subjects of a user, by the license's matching and its aliases: for whoever
 * holds a seat that of the subject which the seat shows.
 */
export async function userKeys(
  license: string,
  { subjectMatching, hasAliases }: License,
): Promise<(subject: string) => string> {
  const keyOf = (subject: string) => subjectKey(subject, subjectMatching);
  if (!hasAliases) return keyOf;
  const { mac } = await dataKeys(license);
  const pairs = await store().sql.query<{ alias: string; user: string }>(PAIRS, [license]);
  const users = new Map(pairs.flatMap(({ alias, user }) => [[alias, user] as const, [user, user] as const]));
  const shown = await shownSubjects(license);
  return (subject) => {
    const key = keyOf(subject);
    const user = users.get(macInHex(mac, key));
    if (user === undefined) return key;
    const text = shown.get(user);
    return text === undefined ? `user ${user}` : keyOf(text);
  };
}

/** The subject that the seats of each user with aliases show, by the user's index. */
async function shownSubjects(license: string): Promise<Map<string, string>> {
  const seats = (await liveSeats(license)).sorted("addedAt");
  const held = await store().sql.query<{ instance: string; user: string }>(SEATS, [license]);
  const users = new Map(held.map(({ instance, user }) => [instance, user]));
  return new Map(
    seats.flatMap(({ instance, subject }) => {
      const user = users.get(instance);
      return user === undefined ? [] : [[user, subject] as const];
    }),
  );
}
