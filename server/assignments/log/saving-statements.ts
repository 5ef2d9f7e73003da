import { insertAuditColumns } from "@/server/audit/audit";
import { insertEventColumns } from "@/server/events/outbox";

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
