import { DAY } from "@/domain/month";
import type { KnownUse } from "@/domain/reclaim/seat-use";
import { ADMIN_SOURCE } from "@/server/assignments/changes/seat-patches";
import { receivedDay } from "@/server/assignments/lists/idle-seats";
import type { Sql } from "@/server/store/sql";

/** Reads the use of the assignment `a`; parameter 2 is today. An undo made it from the released seat `r`. */
export const USE_COLUMNS = `a.source, a.last_used, ${receivedDay("$2")} AS received,
  (r.restored_at AT TIME ZONE 'UTC')::date AS restored`;
export const RESTORED_FROM =
  "LEFT JOIN reclaim_seat r ON r.license = a.license AND r.restored_as = a.instance";

/** The columns, with UTC days as text. */
export type UseRow = {
  source: string;
  last_used: string | null;
  received: string;
  restored: string | null;
};

const HEARD = {
  name: "reclaim_heard",
  text: `SELECT source, coalesce(last_sync, last_seen) AS heard FROM deployment WHERE license = $1 AND reports_use`,
};

/**
 * Adds to rows when the deployment that reports their use was last heard. A seat that an admin added, or that was used
 * elsewhere than at its own deployment, is reported by any deployment.
 */
export async function usesHeard(
  license: string,
  sql: Pick<Sql, "query">,
): Promise<(row: UseRow) => KnownUse> {
  const rows = await sql.query<{ source: string; heard: Date }>(HEARD, [license]);
  const own = new Map(rows.map(({ source, heard }) => [source, heard]));
  const latest = rows.reduce<Date | null>((last, { heard }) => (last && last > heard ? last : heard), null);
  return ({ source, last_used: lastUsed, received, restored }) => {
    const isAnybodys = source === ADMIN_SOURCE || lastUsed !== null;
    return { received, lastUsed, restored, heard: own.get(source) ?? (isAnybodys ? latest : null) };
  };
}

/** The moment so many days before. */
export const daysAgo = (days: number, now: Date) => new Date(now.getTime() - days * DAY);
