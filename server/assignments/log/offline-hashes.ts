import type { SubjectMatching } from "@/domain/assignments/subject";
import { hashIn } from "@/domain/offline/hashed-subject";
import { subjectHash } from "@/domain/offline/offline-log";
import { offlineSaltOf } from "@/server/checkouts/offline-secrets";
import { type DataKeys, dataKeys } from "@/server/secrets/data-keys";
import { LOCK_LOG_HEAD } from "@/server/store/locks";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { openAliases, openSubject } from "./assignment-rows";

type Query = Pick<Sql, "query">;
type Setting = { matching: SubjectMatching; kept: boolean; aliased: boolean };
type Seat = { instance: string; allotment: string; subject: string };

const MATCHING = {
  name: "offline_hashes_matching",
  text: `SELECT subject_matching::text AS matching, offline_hashes AS kept, has_aliases AS aliased
    FROM license WHERE number = $1`,
};
const ALIASED = {
  name: "offline_hashes_aliased",
  text: `SELECT a.instance::text, a.allotment, encode(a.subject, 'base64') AS subject, encode(x.aliases, 'base64') AS aliases
    FROM alias_text x JOIN assignment a ON a.license = x.license AND a.instance = x.instance
    WHERE x.license = $1 AND a.deleted IS NULL`,
};
const KEEP = {
  name: "offline_hashes_keep",
  text: `UPDATE license SET offline_hashes = true WHERE number = $1`,
};
const MISSING = {
  name: "offline_hashes_missing",
  text: `SELECT a.instance::text, encode(a.subject, 'base64') AS subject
    FROM (SELECT license, instance, subject FROM assignment
      WHERE license = $1 AND instance > $2::bigint AND deleted IS NULL ORDER BY instance OFFSET 0) a
    LEFT JOIN LATERAL (SELECT instance FROM offline_hash
      WHERE instance = a.instance AND license = a.license OFFSET 0) h ON true
    WHERE h.instance IS NULL ORDER BY a.instance LIMIT $3::int`,
};
const FILL = {
  name: "offline_hashes_fill",
  text: `INSERT INTO offline_hash (license, instance, hash)
    SELECT $1, instance, decode(hash, 'hex') FROM unnest($2::bigint[], $3::text[]) AS f(instance, hash)
    ORDER BY instance ON CONFLICT DO NOTHING`,
};
const found = (column: string) => `
  SELECT w.text AS hash, h.instance::text
  FROM (SELECT text, decode(text, 'hex') AS bytes FROM unnest($2::text[]) AS u(text) OFFSET 0) w
  CROSS JOIN LATERAL (SELECT license, instance FROM offline_hash WHERE ${column} = w.bytes OFFSET 0) h
  WHERE h.license = $1`;
const FOUND = { name: "offline_hashes_found", text: `${found("hash")} UNION ALL ${found("linked")}` };
const OPENED = {
  name: "offline_hashes_seats",
  text: `SELECT a.instance::text, a.allotment, encode(a.subject, 'base64') AS subject
    FROM (SELECT $1::text AS license, instance FROM unnest($2::bigint[]) AS i(instance) OFFSET 0) wanted
    CROSS JOIN LATERAL (SELECT instance, allotment, subject, deleted FROM assignment
      WHERE license = wanted.license AND instance = wanted.instance OFFSET 0) a
    WHERE a.deleted IS NULL`,
};

const BATCH = 2000;

/**
 * Lets the live seats of a license keep their hashes from now on, and computes the missing ones. It reveals nothing
 * new, so a preview does it too.
 */
export async function keepHashes(license: string): Promise<void> {
  const { sql } = store();
  const keys = await dataKeys(license);
  const [row] = await sql.query<Setting>(MATCHING, [license]);
  if (!row) return;
  if (!row.kept)
    await sql.transaction(async (tx) => {
      // Whoever adds seats reads this under the same lock.
      await tx.query(LOCK_LOG_HEAD, [license]);
      await tx.query(KEEP, [license]);
    });
  let above: string | null = "-1";
  while (above !== null) {
    const after: string = above;
    above = await sql.transaction((tx) => fillFrom(tx, license, keys, row.matching, after));
  }
}

/** The subjects of live seats by hash; each holds at most one seat per allotment. */
export type NamedHashes = { seats: ReadonlyMap<string, string>; users: ReadonlyMap<string, string> };

export async function namedHashes(
  sql: Query,
  license: string,
  keys: DataKeys,
  hashes: readonly string[],
): Promise<NamedHashes> {
  const found = await sql.query<{ hash: string; instance: string }>(FOUND, [license, [...new Set(hashes)]]);
  const instances = found.map(({ instance }) => instance);
  const opened = instances.length > 0 ? await sql.query<Seat>(OPENED, [license, instances]) : [];
  const live = new Map(opened.map((seat) => [seat.instance, seat]));
  const seats = new Map<string, string>();
  const users = new Map<string, string>();
  for (const { hash, instance } of found) {
    const seat = live.get(instance);
    if (!seat) continue;
    const subject = openSubject(license, keys, instance, seat.subject);
    seats.set(`${hash} ${seat.allotment}`, subject);
    if (!hashIn(subject)) users.set(hash, subject);
  }
  for (const { hash, allotment, subject } of await aliasHashes(sql, license, keys)) {
    seats.set(`${hash} ${allotment}`, subject);
    users.set(hash, subject);
  }
  return { seats, users };
}

/** The hashes of aliases, each with a seat of its user. They aren't stored: a license has few aliases. */
async function aliasHashes(sql: Query, license: string, keys: DataKeys) {
  const [setting] = await sql.query<Setting>(MATCHING, [license]);
  if (!setting?.aliased) return [];
  const salt = offlineSaltOf(license, keys);
  const rows = await sql.query<Seat & { aliases: string }>(ALIASED, [license]);
  return rows.flatMap(({ instance, allotment, ...row }) => {
    const subject = openSubject(license, keys, instance, row.subject);
    const aliases = openAliases(license, keys, instance, row.aliases);
    return aliases.map((alias) => ({ hash: subjectHash(salt, alias, setting.matching), allotment, subject }));
  });
}

async function fillFrom(
  tx: Query,
  license: string,
  keys: DataKeys,
  matching: SubjectMatching,
  above: string,
): Promise<string | null> {
  await tx.query(LOCK_LOG_HEAD, [license]);
  const rows = await tx.query<{ instance: string; subject: string }>(MISSING, [license, above, BATCH]);
  const salt = offlineSaltOf(license, keys);
  const hashes = rows.map(({ instance, subject: sealed }) => {
    const subject = openSubject(license, keys, instance, sealed);
    return hashIn(subject) ?? subjectHash(salt, subject, matching);
  });
  if (rows.length > 0) await tx.query(FILL, [license, rows.map(({ instance }) => instance), hashes]);
  return rows.length === BATCH ? (rows.at(-1)?.instance ?? null) : null;
}
