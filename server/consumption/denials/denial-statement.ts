import { type Denial, MAX_MONTH_DENIALS } from "@/domain/consumption/denial";
import type { Month } from "@/domain/month";
import { lockMonths } from "@/server/consumption/month-locks";
import type { StoredUser } from "@/server/consumption/user-names";
import type { Sql } from "@/server/store/sql";

/** A denial as it is stored, with its position in the request. */
export type DenialRow = Omit<Denial, "subject"> &
  StoredUser & { index: number; license: string; source: string; month: Month };

/**
 * Of two reports of one hour, reason, allotment and user the greater count stays, so each can come again. Returns the
 * positions of those that no longer fit into their month. Runs under the locks of the months, so what it counts stays.
 */
const STORE = {
  name: "denial_store",
  text: `
WITH given AS MATERIALIZED (
  SELECT license, source, month, hour, reason, allotment, user_key, max(count) AS count, decode(max(subject), 'hex') AS subject,
    array_agg(index) AS indexes
  FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[],
    $10::int[]) AS g(license, source, month, hour, reason, allotment, user_key, count, subject, index)
  GROUP BY license, source, month, hour, reason, allotment, user_key
), known AS MATERIALIZED (
  SELECT g.*, d.license IS NOT NULL AS is_known
  FROM given g LEFT JOIN denial d USING (license, source, hour, reason, allotment, user_key)
), fitting AS MATERIALIZED (
  SELECT k.*, k.is_known OR m.denials
    + row_number() OVER (PARTITION BY k.license, k.month, k.is_known ORDER BY k.indexes) <= $11::int AS fits
  FROM known k JOIN session_month m USING (license, month)
), written AS (
  INSERT INTO denial (license, source, hour, reason, allotment, user_key, count, subject)
  SELECT license, source, hour, reason, allotment, user_key, count, subject FROM fitting WHERE fits
  ON CONFLICT (license, source, hour, reason, allotment, user_key) DO UPDATE SET
    count = greatest(denial.count, excluded.count), subject = coalesce(denial.subject, excluded.subject)
), counted AS (
  UPDATE session_month m SET denials = m.denials + n.added
  FROM (SELECT license, month, count(*) AS added FROM fitting WHERE fits AND NOT is_known GROUP BY license, month) n
  WHERE m.license = n.license AND m.month = n.month
)
SELECT unnest(indexes) AS index FROM fitting WHERE NOT fits`,
};

/** Stores denials within the caller's transaction; returns the positions of those for which their month has no room (`most`). */
export async function storeDenials(
  tx: Pick<Sql, "query">,
  rows: readonly DenialRow[],
  most = MAX_MONTH_DENIALS,
): Promise<number[]> {
  const of = <T>(value: (row: DenialRow) => T) => rows.map(value);
  await lockMonths(tx, rows);
  const full = await tx.query<{ index: number }>(STORE, [
    of(({ license }) => license),
    of(({ source }) => source),
    of(({ month }) => month),
    of(({ hour }) => hour.toISOString()),
    of(({ reason }) => reason),
    of(({ allotment }) => allotment),
    of(({ user }) => user),
    of(({ count }) => count),
    of(({ subject }) => subject),
    of(({ index }) => index),
    most,
  ]);
  return full.map(({ index }) => index);
}
