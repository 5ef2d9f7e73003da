import { acceptsAssignments } from "@/domain/licenses/lease";
import { nothingHere } from "@/domain/refusals/refusal";
import type { Sql } from "@/server/store/sql";

/** How long deployments work on alone, and whether the license serves anybody: only then a seat can be used. */
export type LicenseTerms = { leaseDays: number; isServing: boolean };

const READ = {
  name: "reclaim_terms",
  text: `SELECT l.lease_days, l.grace_days, l.status::text, d.content ->> 'valid' AS valid
    FROM license l JOIN definition d ON d.id = l.definition_id WHERE l.number = $1`,
};

export async function licenseTerms(
  license: string,
  sql: Pick<Sql, "query">,
  now: Date,
): Promise<LicenseTerms> {
  type Row = { lease_days: number; grace_days: number; status: string; valid: string };
  const [row] = await sql.query<Row>(READ, [license]);
  if (!row) throw nothingHere();
  const isServing = row.status === "active" && acceptsAssignments(row.valid, now, row.grace_days);
  return { leaseDays: row.lease_days, isServing };
}
