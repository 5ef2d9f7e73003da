import type { AliasPair } from "@/domain/assignments/aliases";
import { insertAuditColumns } from "@/server/audit/audit";
import { SEAT_SHARES, type ShareRow } from "@/server/checkouts/checkout-shares";
import {
  type AdmissionStatus,
  type AdmittedLicense,
  HIDDEN_ALLOTMENTS,
  LICENSE_COLUMNS,
} from "@/server/deployments/admission";
import { callRows, callStatement, readingStatement } from "@/server/deployments/call-statement";
import { deploymentIsKnown } from "@/server/deployments/deployment-touch";
import type { Track } from "@/server/deployments/suspicions";
import { insertEventColumns } from "@/server/events/outbox";
import { ASSIGNMENT_JSON, type AssignmentRow } from "./assignment-rows";

export type LogHeadRow = { version: number; horizon: number; epoch: string };
export type LockedLogHead = LogHeadRow & { audit_sequence: number; audit_head: Uint8Array };
export type LiveCounts = { live: Record<string, number> | null };
/** Keys of allotments that are for other products than the caller's. */
type Hidden = { hidden: string[] | null };

/**
 * The columns that a sync reads: the admission of its call, the log head, a page of rows, and with rows the counters
 * and the hidden allotments. `slot` counts the calls of the statement from 1.
 */
export type SyncRow = AdmissionStatus &
  Pick<AdmittedLicense, "license" | "definition_id" | "lease_days"> &
  LiveCounts &
  Hidden &
  Track & { slot: number; roster: LogHeadRow | null; rows: AssignmentRow[] | null };

/** The rows that patches can touch, read under the lock of the log head. */
export type SeatsRow = AdmittedLicense &
  LiveCounts &
  Partial<Hidden & Pick<AdmissionStatus, "scope">> & {
    touched: AssignmentRow[] | null;
    /** Of a license with aliases: all those of the users that the patches name. */
    aliases?: AliasPair[] | null;
    shares: ShareRow[] | null;
    /** The subject indexes, of those that are wanted, of users who are inactive in a directory. */
    inactive: string[] | null;
  };

const LIVE = "(SELECT json_object_agg(t.key, t.live) FROM allotment t WHERE t.license = l.number)";

/** The base of a deployment once it has this response: at its end, if that is the last page. */
const ANSWERED = "CASE WHEN page.count < $16::int THEN least(r.version, c.last) ELSE c.sent END";

/** The columns of a deployment that a sync updates, beside its origin. */
const SYNC_FACTS = ["base", "reports_use"];

/**
 * Reads a page for each call and, at most once a minute, records its deployment: an idle sync is this statement
 * alone, or a part of one.
 */
const readPage = (name: string, which: string) =>
  callStatement(name, {
    calls: callRows({
      ...{ sent: "bigint", first: "bigint", last: "bigint" },
      ...{ reports_use: "boolean", is_answered: "boolean" },
    }),
    columns: [
      `${ANSWERED} AS base`,
      `CASE WHEN page.count > 0 OR c.is_answered THEN ${LIVE} END AS live`,
      `CASE WHEN page.count > 0 THEN ${HIDDEN_ALLOTMENTS} END AS hidden`,
      `CASE WHEN r.license IS NOT NULL
        THEN json_build_object('version', r.version, 'horizon', r.horizon, 'epoch', r.epoch) END AS roster`,
      "page.rows",
    ],
    joins: `
  LEFT JOIN roster r ON r.license = l.number
  CROSS JOIN LATERAL (
    SELECT json_agg(${ASSIGNMENT_JSON}) AS rows, count(*) AS count FROM (
      SELECT * FROM assignment WHERE license = l.number AND version > c.first AND version <= c.last ${which}
      ORDER BY version LIMIT $16::int) a) page`,
    stamp: "last_sync",
    known: `${deploymentIsKnown("last_sync")} AND d.base IS NOT DISTINCT FROM ${ANSWERED}
      AND (c.reports_use IS NULL OR d.reports_use)`,
    facts: SYNC_FACTS,
    result: `
SELECT slot, license, on_timeline, refusal, scope, definition_id, lease_days, evidence, moved, live, hidden, roster, rows
FROM call`,
  });

export const READ_DELTA = readPage("sync_delta", "");
export const READ_SNAPSHOT = readPage("sync_snapshot", "AND deleted IS NULL");

const lockLogHeads = (name: string, whenHeld: string) => ({
  name,
  text: `SELECT license, version, horizon, epoch, audit_sequence, audit_head FROM roster
    WHERE license = ANY ($1::text[]) ORDER BY license FOR NO KEY UPDATE ${whenHeld}`,
});

/** The log heads of many licenses; waits for those that others hold. */
export const LOCK_LOG_HEADS = lockLogHeads("rosters_lock", "");
/** The same without those that others hold. */
export const LOCK_FREE_LOG_HEADS = lockLogHeads("rosters_lock_free", "SKIP LOCKED");

export const READ_LOG_HEAD = {
  name: "roster_read",
  text: `SELECT version, horizon, epoch, audit_sequence, audit_head FROM roster WHERE license = $1`,
};

/** The users with aliases among the wanted subjects, by their indexes. */
const aliasedUsers = (seats: string) => `
  SELECT DISTINCT u.index FROM (SELECT DISTINCT decode(subject, 'hex') AS index FROM ${seats} OFFSET 0) w
    CROSS JOIN LATERAL (
      SELECT primary_index AS index FROM subject_alias WHERE license = l.number AND alias_index = w.index
      UNION ALL SELECT primary_index FROM subject_alias WHERE license = l.number AND primary_index = w.index OFFSET 0) u
    OFFSET 0`;

/** All aliases of the users among the wanted subjects. */
const aliases = (seats: string) => `
  (SELECT json_agg(json_build_object('alias', encode(s.alias_index, 'hex'), 'user', encode(s.primary_index, 'hex')))
    FROM (${aliasedUsers(seats)}) u CROSS JOIN LATERAL (
      SELECT * FROM subject_alias WHERE license = l.number AND primary_index = u.index OFFSET 0) s) AS aliases`;

/** The rows of users with aliases, in every allotment. */
const rowsOfAliased = (seats: string) => `
    UNION
    SELECT a.* FROM (${aliasedUsers(seats)}) u
      CROSS JOIN LATERAL (SELECT key FROM allotment WHERE license = l.number OFFSET 0) t
      CROSS JOIN LATERAL (SELECT * FROM assignment
        WHERE license = l.number AND allotment = t.key AND subject_index = u.index OFFSET 0) a`;

/**
 * The rows by instance, and by allotment with subject index, that two lists want. The license is repeated for each
 * wanted row, here and where changes are saved: so each is looked up by its full key, and a license is never scanned,
 * however small the planner assumes it is. `more` are other rows.
 */
const touched = (instances: string, seats: string, more = "") => `
  (SELECT json_agg(${ASSIGNMENT_JSON}) FROM (
    SELECT a.* FROM (SELECT l.number AS license, instance FROM ${instances} OFFSET 0) wanted
      JOIN assignment a ON a.license = wanted.license AND a.instance = wanted.instance
    UNION
    SELECT a.* FROM (SELECT l.number AS license, allotment, decode(subject, 'hex') AS subject FROM ${seats} OFFSET 0) wanted
      JOIN assignment a ON a.license = wanted.license AND a.allotment = wanted.allotment
        AND a.subject_index = wanted.subject${more}
  ) a) AS touched`;

/** The wanted indexes of users who are inactive. Costs a license that no directory manages one look at an index. */
const inactive = (seats: string) => `
  CASE WHEN EXISTS (SELECT FROM scim_inactive x WHERE x.license = l.number) THEN
    (SELECT json_agg(encode(i.subject_index, 'hex'))
      FROM (SELECT DISTINCT l.number AS license, decode(subject, 'hex') AS subject FROM ${seats} OFFSET 0) wanted
      JOIN scim_inactive i ON i.license = wanted.license AND i.subject_index = wanted.subject
        AND i.matching = l.subject_matching) END AS inactive`;

const INSTANCES_OF_CALL = "unnest($11::int[], $12::bigint[]) AS i(slot, instance) WHERE i.slot = c.slot";
const SEATS_OF_CALL =
  "unnest($13::int[], $14::text[], $15::text[]) AS s(slot, allotment, subject) WHERE s.slot = c.slot";

/** The wanted users who are inactive under any of their subjects. */
const inactiveAliased = (seats: string) => `
  (SELECT json_agg(encode(u.index, 'hex')) FROM (
      SELECT DISTINCT u.index, s.index AS spelled FROM (${aliasedUsers(seats)}) u CROSS JOIN LATERAL (
        SELECT u.index UNION ALL SELECT alias_index FROM subject_alias
        WHERE license = l.number AND primary_index = u.index OFFSET 0) s(index)
      UNION SELECT decode(subject, 'hex'), decode(subject, 'hex') FROM ${seats}) u
    WHERE EXISTS (SELECT FROM scim_inactive i WHERE i.license = l.number AND i.subject_index = u.spelled
      AND i.matching = l.subject_matching)) AS inactive`;

const seatsOfCalls = (name: string, ...columns: string[]) =>
  readingStatement(
    name,
    ["c.slot", `${LIVE} AS live`, `${HIDDEN_ALLOTMENTS} AS hidden`, SEAT_SHARES, ...columns],
    callRows(),
  );

const INSTANCES = "unnest($2::bigint[]) AS i(instance)";
const SEATS = "unnest($3::text[], $4::text[]) AS s(allotment, subject)";

const seatsForAdmin = (name: string, ...columns: string[]) => ({
  name,
  text: `SELECT l.number AS license, ${LICENSE_COLUMNS}, ${LIVE} AS live, ${SEAT_SHARES}, ${columns.join(", ")}
    FROM license l WHERE l.number = $1`,
});

/** For deployments, whose keys are admitted in the same statement. What each wants names the slot of its call. */
export const LOAD_SEATS = seatsOfCalls(
  "seats_load",
  inactive(SEATS_OF_CALL),
  touched(INSTANCES_OF_CALL, SEATS_OF_CALL),
);

/** For an admin, who has passed the gate. */
export const LOAD_SEATS_AS_ADMIN = seatsForAdmin(
  "seats_load_admin",
  inactive(SEATS),
  touched(INSTANCES, SEATS),
);

/** The same for a license with aliases, so that others pay nothing for them. */
export const LOAD_ALIASED = seatsOfCalls(
  "seats_load_aliased",
  inactiveAliased(SEATS_OF_CALL),
  touched(INSTANCES_OF_CALL, SEATS_OF_CALL, rowsOfAliased(SEATS_OF_CALL)),
  aliases(SEATS_OF_CALL),
);
export const LOAD_ALIASED_AS_ADMIN = seatsForAdmin(
  "seats_load_aliased_admin",
  inactiveAliased(SEATS),
  touched(INSTANCES, SEATS, rowsOfAliased(SEATS)),
  aliases(SEATS),
);

/** The events of rejections that `refused` inserted. */
const FIRST_REJECTIONS = `
  SELECT x.id, 'assignment.rejected', x.at, x.license, x.data, x.published
  FROM json_to_recordset($22::json) AS x(license text, allotment text, index text, source text, code text, at timestamptz,
    id uuid, data jsonb, published text)
  JOIN refused r ON r.is_first AND r.license = x.license AND r.allotment = x.allotment
    AND r.subject_index = decode(x.index, 'hex') AND r.source = x.source AND r.code = x.code`;

/**
 * Saves the changes of patches, of any licenses. Releases come before additions, so that a subject that is released and
 * added again never has two rows; every write follows the order of its key. A rejection makes an event the first time
 * only. Rows come as arrays, one per column: the database reads these in a third of the time that JSON takes. The one
 * that says which rows have aliases is null unless some do.
 */
export const SAVE_CHANGES = {
  name: "assignments_save",
  text: `
WITH gone AS (
  UPDATE assignment a SET version = g.version, deleted = g.deleted, subject = NULL, has_aliases = false
  FROM (SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::timestamptz[])
    AS g(license, instance, version, deleted) ORDER BY license, instance) g
  WHERE a.license = g.license AND a.instance = g.instance
  RETURNING a.instance
), used AS (
  UPDATE assignment a SET last_used = greatest(a.last_used, u.day)
  FROM (SELECT * FROM unnest($5::text[], $6::bigint[], $7::date[]) AS u(license, instance, day)
    ORDER BY license, instance) u
  WHERE a.license = u.license AND a.instance = u.instance
), added AS (
  INSERT INTO assignment (license, instance, allotment, subject_index, subject, version, added_version, created, received,
    source, auto, last_used, deleted, has_aliases)
  SELECT license, instance, allotment, decode(index, 'hex'), decode(subject, 'base64'), version, added, created, received,
    source, auto, used, deleted, coalesce(aliased, false)
  FROM unnest($8::text[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::bigint[],
      $15::timestamptz[], $16::timestamptz[], $17::text[], $18::boolean[], $19::date[], $20::timestamptz[], $46::boolean[])
    AS n(license, instance, allotment, index, subject, version, added, created, received, source, auto, used, deleted,
      aliased)
  WHERE (SELECT count(*) FROM gone) >= 0
  ORDER BY license, instance
  RETURNING license, allotment, subject_index
), counted AS (
  UPDATE allotment t SET live = t.live + m.moved
  FROM (SELECT * FROM json_to_recordset($21::json) AS m(license text, key text, moved int) ORDER BY license, key) m
  WHERE t.license = m.license AND t.key = m.key
), healed AS (
  DELETE FROM rejection r USING added
  WHERE r.license = added.license AND r.allotment = added.allotment AND r.subject_index = added.subject_index
), refused AS (
  INSERT INTO rejection (license, allotment, subject_index, source, code, subject, first_at, last_at)
  SELECT license, allotment, decode(index, 'hex'), source, code, decode(subject, 'base64'), at, at
  FROM json_to_recordset($22::json) AS x(license text, allotment text, index text, source text, code text, subject text,
    at timestamptz)
  ORDER BY license, allotment, index, source, code
  ON CONFLICT (license, allotment, subject_index, source, code)
    DO UPDATE SET last_at = excluded.last_at, times = rejection.times + 1
  RETURNING license, allotment, subject_index, source, code, xmax = 0 AS is_first
), told AS (${insertAuditColumns(23)}),
published AS (${insertEventColumns(36, FIRST_REJECTIONS)})
UPDATE roster r SET version = h.version, audit_sequence = h.sequence, audit_head = decode(h.hash, 'hex')
FROM (SELECT * FROM unnest($42::text[], $43::bigint[], $44::bigint[], $45::text[])
  AS h(license, version, sequence, hash) ORDER BY license) h
WHERE r.license = h.license`,
};

/**
 * Seats that are another user's now, or have another subject; and the aliases of seats: those that have none any more,
 * and those that have some.
 */
export const SAVE_NAMES = {
  name: "assignments_save_names",
  text: `
WITH renamed AS (
  UPDATE assignment a SET version = n.version, subject = decode(n.subject, 'base64'),
    subject_index = decode(n.index, 'hex'), has_aliases = n.aliased
  FROM (SELECT $1 AS license, * FROM json_to_recordset($2::json)
    AS n(instance bigint, version bigint, subject text, index text, aliased boolean) ORDER BY instance) n
  WHERE a.license = n.license AND a.instance = n.instance
), gone AS (
  DELETE FROM alias_text WHERE license = $1 AND instance = ANY ($3::bigint[])
)
INSERT INTO alias_text (license, instance, aliases)
SELECT $1, instance, decode(aliases, 'base64') FROM unnest($4::bigint[], $5::text[]) AS n(instance, aliases) ORDER BY instance
ON CONFLICT (license, instance) DO UPDATE SET aliases = excluded.aliases`,
};

/** For a license that keeps hashes: the hashes of changed rows; a tombstone has none. */
export const SAVE_HASHES = {
  name: "assignments_save_hashes",
  text: `
WITH gone AS (
  DELETE FROM offline_hash WHERE license = $1 AND instance = ANY ($2::bigint[])
), named AS (
  SELECT * FROM json_to_recordset($3::json) AS n(instance bigint, hash text) ORDER BY instance
), rehashed AS (
  UPDATE offline_hash h SET hash = decode(n.hash, 'hex'),
    linked = CASE WHEN h.hash = decode(n.hash, 'hex') THEN h.linked ELSE h.hash END
  FROM (SELECT $1 AS license, * FROM named) n WHERE h.license = n.license AND h.instance = n.instance
)
INSERT INTO offline_hash (license, instance, hash)
SELECT $1, instance, decode(hash, 'hex') FROM unnest($4::bigint[], $5::text[]) AS a(instance, hash)
WHERE hash IS NOT NULL ORDER BY instance`,
};
