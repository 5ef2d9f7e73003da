import type { Sql } from "@/server/store/sql";

export type GrantState = "waiting" | "refused" | "given" | "held" | "ended" | "leaving";

/** The seat that a group's mapping gives a member, with what is needed to settle it. */
export type GrantRow = {
  group: string;
  user: string;
  license: string;
  /** The key of the allotment's name. */
  allotment: string;
  state: GrantState;
  /** The state that was read: a row that has another one by now is left as it is. */
  was: GrantState;
  /** The seat, if the mapping gave it. */
  instance: string | null;
  code: string | null;
  isReported: boolean;
  /** The attributes of the user, encrypted, in base64. */
  content: string;
  isActive: boolean;
  /** The group of another mapping that wants the same seat for the same user. */
  heir: string | null;
};

type Saved = Omit<GrantRow, "state" | "content" | "isActive"> & { state: GrantState | "gone" };

/** Those who leave come first, then those who joined first. */
const READ = {
  name: "scim_grants_read",
  text: `
SELECT g."group"::text, g."user"::text, g.license, g.allotment, g.state, g.state AS was, g.instance::text, g.code, g.is_reported AS "isReported",
  encode(u.content, 'base64') AS content, u.is_active AS "isActive",
  (SELECT o."group"::text FROM scim_grant o WHERE o."user" = g."user" AND o.license = g.license
    AND o.allotment = g.allotment AND o."group" <> g."group" AND o.state IN ('held', 'given') LIMIT 1) AS heir
FROM scim_grant g JOIN scim_user u ON u.id = g."user"
WHERE g.license = $2 AND g.connection = $1 AND g.state = ANY ($3::text[])
ORDER BY (g.state = 'leaving') DESC, g.position LIMIT $4`,
};
const SAVE = {
  name: "scim_grants_save",
  text: `
WITH saved AS (
  SELECT * FROM json_to_recordset($1::json) AS s("group" uuid, "user" uuid, license text, allotment text, state text, was text,
    instance bigint, code text, "isReported" boolean, heir uuid)
), gone AS (
  DELETE FROM scim_grant g USING saved s WHERE s.state = 'gone' AND g."group" = s."group" AND g."user" = s."user"
    AND g.license = s.license AND g.allotment = s.allotment AND g.state = s.was
), inherited AS (
  UPDATE scim_grant g SET state = 'given', instance = s.instance FROM saved s
  WHERE s.state = 'gone' AND s.instance IS NOT NULL AND g."group" = s.heir AND g."user" = s."user"
    AND g.license = s.license AND g.allotment = s.allotment AND g.state = 'held'
)
UPDATE scim_grant g SET state = s.state, instance = s.instance, code = s.code, is_reported = s."isReported" FROM saved s
WHERE s.state <> 'gone' AND g."group" = s."group" AND g."user" = s."user" AND g.license = s.license
  AND g.allotment = s.allotment AND g.state = s.was`,
};
const GIVEN = {
  name: "scim_given_seats",
  text: `
SELECT DISTINCT g.license, g.instance::text, g.allotment FROM scim_grant g
JOIN assignment a ON a.license = g.license AND a.instance = g.instance
WHERE g."user" = $1 AND g.license = ANY ($2::text[]) AND a.deleted IS NULL`,
};
const WITH_WORK = {
  name: "scim_grants_work",
  text: `
SELECT DISTINCT license FROM scim_grant WHERE connection = $1
  AND (state IN ('leaving', 'waiting') AND NOT ($2 AND is_reported) OR state = 'refused' AND NOT $2) ORDER BY license`,
};

/** The grants of a connection in one license that are in these states. */
export function readGrants(
  sql: Pick<Sql, "query">,
  connection: string,
  license: string,
  states: readonly GrantState[],
  most: number,
): Promise<GrantRow[]> {
  return sql.query<GrantRow>(READ, [connection, license, states, most]);
}

/** Saves states, and deletes the grants that are gone; their seat passes to another mapping that wants it. */
export async function saveGrants(sql: Pick<Sql, "query">, rows: readonly Saved[]): Promise<void> {
  if (rows.length === 0) return;
  const saved = rows.map(
    ({ group, user, license, allotment, state, was, instance, code, isReported, heir }) => ({
      ...{ group, user, license, allotment, state, was, instance, code, isReported, heir },
    }),
  );
  await sql.query(SAVE, [JSON.stringify(saved)]);
}

/** A live seat of a leaver; the key of its allotment. */
export type LeaverSeat = { license: string; instance: string; allotment: string };

/** The live seats that mappings gave a user, whatever the subject was then. */
export function givenSeats(
  sql: Pick<Sql, "query">,
  user: string,
  licenses: readonly string[],
): Promise<LeaverSeat[]> {
  return sql.query<LeaverSeat>(GIVEN, [user, licenses]);
}

/** The licenses in which something is to be given, released or told. */
export async function licensesWithWork(
  sql: Pick<Sql, "query">,
  connection: string,
  isReport: boolean,
): Promise<string[]> {
  const rows = await sql.query<{ license: string }>(WITH_WORK, [connection, isReport]);
  return rows.map(({ license }) => license);
}
