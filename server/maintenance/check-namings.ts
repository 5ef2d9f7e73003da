import type { Sql } from "@/server/store/sql";
import { type CheckedRule, tally } from "./check-rules";

type Query = Pick<Sql, "query">;

/** Every plain text of a license that outlives an assignment or has more readers; JSON texts have their own escapes. */
const FIND = {
  name: "check_namings",
  text: `
WITH text AS (
  SELECT 'audit_event ' || id AS id, concat_ws(' ', actor, object) AS plain, details::text AS json
  FROM audit_event WHERE chain = $1
  UNION ALL SELECT 'deployment ' || source, concat_ws(' ', source, product, version, os, name), '' FROM deployment WHERE license = $1
  UNION ALL SELECT 'signed_key ' || jti, concat_ws(' ', label, revoked_reason), '' FROM signed_key WHERE license = $1
  UNION ALL SELECT 'idempotent_report ' || key, key, answer::text FROM idempotent_report WHERE license = $1
  UNION ALL SELECT 'usage ' || source, source, '' FROM usage WHERE license = $1
), folded AS MATERIALIZED (
  SELECT id, lower(plain) AS plain, lower(json) AS json FROM text
), named AS MATERIALIZED (
  SELECT lower(subject) AS subject, lower(escaped) AS escaped FROM unnest($2::text[], $3::text[]) n(subject, escaped)
)
SELECT id FROM folded WHERE EXISTS (
  SELECT FROM named WHERE strpos(plain, subject) > 0 OR strpos(json, escaped) > 0)
ORDER BY id LIMIT 10`,
};

/** Searches the plain texts of each license for some of its live subjects; its rows are subjects. */
export async function findNamings(sql: Query, samples: Map<string, string[]>): Promise<CheckedRule> {
  const { checked, count } = tally(
    "subjects-hidden",
    "no audit event, deployment, key or report names a live subject",
  );
  for (const [license, subjects] of samples) {
    const escaped = subjects.map((subject) => JSON.stringify(subject).slice(1, -1));
    const named = await sql.query<{ id: string }>(FIND, [license, subjects, escaped]);
    for (const { id } of named) count(false, `${license} ${id}`);
    checked.rows += subjects.length - named.length;
  }
  return checked;
}
