import type { Month } from "@/domain/month";
import type { Sql } from "@/server/store/sql";

/** Takes the locks under which sessions and denials of these months are written and counted. */
const LOCK_MONTHS = {
  name: "session_months",
  text: `
INSERT INTO session_month (license, month)
SELECT DISTINCT license, month FROM unnest($1::text[], $2::text[]) AS g(license, month) ORDER BY license, month
ON CONFLICT (license, month) DO UPDATE SET sessions = session_month.sessions`,
};

/** Orders the writers of sessions and denials of some months; the rows of these months are locked after it. */
export async function lockMonths(
  tx: Pick<Sql, "query">,
  rows: readonly { license: string; month: Month }[],
): Promise<void> {
  await tx.query(LOCK_MONTHS, [rows.map(({ license }) => license), rows.map(({ month }) => month)]);
}
