import { DAY, dayOf } from "@/domain/month";
import { ADMIN_SOURCE } from "@/server/assignments/changes/seat-patches";
import { IS_OFFLINE } from "@/server/store/deployment-filters";
import { store } from "@/server/store/store";
import { receivedDay } from "./idle-seats";

/**
 * A deployment must have been silent, and the seat unused, for so many days before the seat counts as an orphan. A
 * deployment without a network is never silent.
 */
const ORPHAN_DAYS = 30;

const which = `WHERE a.license = $1 AND a.deleted IS NULL AND a.source <> $2
    AND coalesce(a.last_used, ${receivedDay("$3")}) <= $3::date
    AND NOT EXISTS (SELECT 1 FROM deployment d
      WHERE d.license = a.license AND d.source = a.source AND (d.last_seen > $4::timestamptz OR ${IS_OFFLINE}))`;
const READ = { name: "orphaned_seats", text: `SELECT a.instance::text FROM assignment a ${which}` };
const COUNT = {
  name: "orphaned_seats_count",
  text: `SELECT count(*)::int AS count FROM assignment a ${which}`,
};

/** The instances that a silent deployment assigned and nobody has used since. */
export async function orphanedSeats(license: string, now: Date): Promise<Set<string>> {
  const rows = await store().sql.query<{ instance: string }>(READ, valuesOf(license, now));
  return new Set(rows.map(({ instance }) => instance));
}

export async function countOrphanedSeats(license: string, now: Date): Promise<number> {
  const [row] = await store().sql.query<{ count: number }>(COUNT, valuesOf(license, now));
  return row?.count ?? 0;
}

function valuesOf(license: string, now: Date): unknown[] {
  const since = new Date(now.getTime() - ORPHAN_DAYS * DAY);
  return [license, ADMIN_SOURCE, dayOf(since), since];
}
