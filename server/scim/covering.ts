import { subjectOf } from "@/domain/scim/scim-connection";
import type { DataKeys } from "@/server/secrets/data-keys";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { type Connection, lockConnectionIn } from "./connection";
import { markInactiveUsers, type SubjectKeys, subjectKeysIn } from "./inactive-marks";
import { decryptResource } from "./scim-keys";

const AT_ONCE = 1000;

const COVERED = { name: "scim_covered", text: "SELECT license FROM scim_license WHERE connection = $1" };
const LEAVE = {
  name: "scim_leave_licenses",
  text: `
WITH gone AS (
  DELETE FROM scim_license WHERE connection = $1 AND license = ANY ($2::text[])
), forgotten AS (
  DELETE FROM scim_inactive i USING scim_user u
  WHERE u.id = i."user" AND u.connection = $1 AND i.license = ANY ($2::text[])
)
DELETE FROM scim_grant WHERE connection = $1 AND license = ANY ($2::text[])`,
};
const INACTIVE = {
  name: "scim_inactive_users",
  text: `
SELECT id::text, encode(content, 'base64') AS content FROM scim_user
WHERE connection = $1 AND NOT is_active AND deleted_at IS NULL AND id > $2::uuid ORDER BY id LIMIT $3`,
};
const COVER = {
  name: "scim_cover_licenses",
  text: `INSERT INTO scim_license (connection, license) SELECT $1::uuid, unnest($2::text[]) ON CONFLICT DO NOTHING`,
};
const FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * A license that the connection newly reaches learns who is inactive, and one that it no longer reaches forgets it.
 * Seats that mappings gave there stay with their users.
 */
export async function coverLicenses(
  connection: Connection,
  keys: DataKeys,
  licenses: readonly { number: string }[],
): Promise<void> {
  const { sql } = store();
  const rows = await sql.query<{ license: string }>(COVERED, [connection.id]);
  const covered = new Set(rows.map(({ license }) => license));
  const reached = new Set(licenses.map(({ number }) => number));
  const left = [...covered].filter((license) => !reached.has(license));
  const fresh = licenses.filter(({ number }) => !covered.has(number));
  if (left.length > 0) await sql.query(LEAVE, [connection.id, left]);
  if (fresh.length > 0) await sql.transaction((tx) => cover(tx, connection, keys, fresh));
}

async function cover(
  tx: Pick<Sql, "query">,
  connection: Connection,
  keys: DataKeys,
  fresh: readonly { number: string }[],
): Promise<void> {
  await lockConnectionIn(tx, connection.id);
  for (let last = FIRST; ; ) {
    const users = await tx.query<{ id: string; content: string }>(INACTIVE, [connection.id, last, AT_ONCE]);
    const places = new Map<string, SubjectKeys[]>();
    for (const { id, content } of users) {
      const resource = decryptResource(keys, "user", id, Buffer.from(content, "base64"));
      const subject = subjectOf(resource, connection.subject);
      if (subject !== null) places.set(id, await subjectKeysIn(subject, fresh));
    }
    await markInactiveUsers(tx, places);
    last = users.at(-1)?.id ?? last;
    if (users.length < AT_ONCE) break;
  }
  await tx.query(COVER, [connection.id, fresh.map(({ number }) => number)]);
}
