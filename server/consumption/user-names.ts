import { type SubjectMatching, subjectKey } from "@/domain/assignments/subject";
import { dataKeysOf } from "@/server/secrets/data-keys";
import { decrypt, encrypt, macInHex } from "@/server/secrets/encryption";
import type { Sql } from "@/server/store/sql";

/** A user as sessions and denials store one: the subject index, and the name if the license keeps names; both in hex. */
export type StoredUser = { user: string; subject: string | null };

const READ = {
  name: "user_names_settings",
  text: "SELECT number, subject_matching::text AS matching, session_names AS names FROM license WHERE number = ANY ($1::text[])",
};
const STILL = {
  name: "user_names_still",
  text: "SELECT number FROM license WHERE number = ANY ($1::text[]) AND session_names ORDER BY number FOR SHARE",
};

type Setting = { number: string; matching: SubjectMatching; names: boolean };
type StoreUser = (license: string, subject: string | null) => StoredUser;

/** A function that turns subjects of these licenses into what is stored. */
export async function userStorage(sql: Pick<Sql, "query">, licenses: readonly string[]): Promise<StoreUser> {
  const numbers = [...new Set(licenses)];
  const rows = await sql.query<Setting>(READ, [numbers]);
  const settings = new Map(rows.map((row) => [row.number, row]));
  const keys = await dataKeysOf(numbers);
  return (license, subject) => {
    const [setting, known] = [settings.get(license), keys.get(license)];
    if (subject === null || !setting || !known) return { user: "", subject: null };
    const user = macInHex(known.mac, subjectKey(subject, setting.matching));
    if (!setting.names) return { user, subject: null };
    const sealed = encrypt(known.encryption, Buffer.from(subject), context(license, user));
    return { user, subject: sealed.toString("hex") };
  };
}

/**
 * Takes the names out of rows whose license stopped keeping names since they were encrypted. Until the transaction
 * ends no license stops.
 */
export async function withoutForbiddenNames<Row extends { license: string; subject: string | null }>(
  tx: Pick<Sql, "query">,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const named = new Set(rows.flatMap(({ license, subject }) => (subject === null ? [] : [license])));
  if (named.size === 0) return rows;
  const kept = new Set((await tx.query<{ number: string }>(STILL, [[...named]])).map(({ number }) => number));
  return rows.map((row) => (kept.has(row.license) ? row : { ...row, subject: null }));
}

/** Decrypts the name that was stored for a user; null if none was. */
export function openName(
  key: Buffer,
  license: string,
  { user, subject }: { user: string; subject: Uint8Array | null },
): string | null {
  return subject && decrypt(key, subject, context(license, user)).toString();
}

const context = (license: string, user: string) => `session|subject|${license}|${user}`;
