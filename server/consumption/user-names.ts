import { type SubjectMatching, subjectKey } from "@/domain/assignments/subject";
import { dataKeysOf } from "@/server/secrets/data-keys";
import { decrypt, type EncryptionKeys, encrypt, macInHex } from "@/server/secrets/encryption";
import type { Sql } from "@/server/store/sql";

/** A user as sessions and denials store one: the subject index, and the name if the license keeps names; both in hex. */
export type StoredUser = { user: string; subject: string | null };

const READ = {
  name: "user_names_settings",
  text: `SELECT number, subject_matching::text AS matching, session_names AS names, has_aliases AS aliased
    FROM license WHERE number = ANY ($1::text[])`,
};
const ALIASES = {
  name: "user_names_aliases",
  text: `SELECT s.license, encode(s.alias_index, 'hex') AS alias, encode(s.primary_index, 'hex') AS user
    FROM (SELECT license, decode(index, 'hex') AS index FROM unnest($1::text[], $2::text[]) AS w(license, index) OFFSET 0) w
    JOIN subject_alias s ON s.license = w.license AND s.alias_index = w.index`,
};
const STILL = {
  name: "user_names_still",
  text: "SELECT number FROM license WHERE number = ANY ($1::text[]) AND session_names ORDER BY number FOR SHARE",
};

type Query = Pick<Sql, "query">;
type Setting = { number: string; matching: SubjectMatching; names: boolean; aliased: boolean };
type Named = { license: string; subject: string | null };
type StoreUser = (license: string, subject: string | null) => StoredUser;

/** A function that turns these subjects into what is stored: an alias is stored as its user. */
export async function userStorage(sql: Query, named: readonly Named[]): Promise<StoreUser> {
  const numbers = [...new Set(named.map(({ license }) => license))];
  const rows = await sql.query<Setting>(READ, [numbers]);
  const settings = new Map(rows.map((row) => [row.number, row]));
  const keys = await dataKeysOf(numbers);
  const indexOf = (license: string, subject: string) => {
    const [setting, known] = [settings.get(license), keys.get(license)];
    return setting && known ? macInHex(known.mac, subjectKey(subject, setting.matching)) : "";
  };
  const aliased = named.filter(({ license }) => settings.get(license)?.aliased);
  const users = aliased.length > 0 ? await aliasesAmong(sql, aliased, indexOf) : new Map<string, string>();
  return (license, subject) => {
    const [setting, known] = [settings.get(license), keys.get(license)];
    if (subject === null || !setting || !known) return { user: "", subject: null };
    const index = indexOf(license, subject);
    const user = users.get(`${license} ${index}`) ?? index;
    if (!setting.names) return { user, subject: null };
    const sealed = encrypt(known.encryption, Buffer.from(subject), userNameContext(license, user));
    return { user, subject: sealed.toString("hex") };
  };
}

/** The users of the aliases among subjects, by license and the index of the alias. */
async function aliasesAmong(
  sql: Query,
  named: readonly Named[],
  indexOf: (license: string, subject: string) => string,
): Promise<Map<string, string>> {
  const wanted = new Map(
    named.flatMap(({ license, subject }) => {
      const index = subject === null ? "" : indexOf(license, subject);
      return index === "" ? [] : [[`${license} ${index}`, { license, index }] as const];
    }),
  );
  const all = [...wanted.values()];
  const columns = [all.map(({ license }) => license), all.map(({ index }) => index)];
  const rows = await sql.query<{ license: string; alias: string; user: string }>(ALIASES, columns);
  return new Map(rows.map(({ license, alias, user }) => [`${license} ${alias}`, user]));
}

/**
 * Takes the names out of rows whose license stopped keeping names since they were encrypted. Until the transaction
 * ends no license stops.
 */
export async function withoutForbiddenNames<Row extends { license: string; subject: string | null }>(
  tx: Query,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const named = new Set(rows.flatMap(({ license, subject }) => (subject === null ? [] : [license])));
  if (named.size === 0) return rows;
  const kept = new Set((await tx.query<{ number: string }>(STILL, [[...named]])).map(({ number }) => number));
  return rows.map((row) => (kept.has(row.license) ? row : { ...row, subject: null }));
}

/** Decrypts the name that was stored for a user; null if none was. */
export function openName(
  keys: EncryptionKeys,
  license: string,
  { user, subject }: { user: string; subject: Uint8Array | null },
): string | null {
  return subject && decrypt(keys, subject, userNameContext(license, user)).toString();
}

/** The context to which the encrypted name of a user is bound, in each table that has it. */
export const userNameContext = (license: string, user: string) => `session|subject|${license}|${user}`;
