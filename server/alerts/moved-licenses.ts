import { monthOf } from "@/domain/month";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";

/** A rejection that commits late has a time before the last look. */
const OVERLAP_MS = 120_000;

/**
 * The licenses whose alerts may have changed since the last look, by number: their totals, seats, definition or
 * status moved, users were rejected, a silent deployment called, a release of seats was announced or ended, or their time
 * has come. One statement, whatever their number.
 */
export async function movedLicenses(now: Date): Promise<string[]> {
  const since = new Date(((await lastLook()) ?? now).getTime() - OVERLAP_MS);
  const rows = await store().db.$queryRaw<{ license: string }[]>`
    SELECT l.number AS license FROM license l
    JOIN (
      SELECT u.license FROM usage_month u
        LEFT JOIN alert_seen s ON s.license = u.license AND s.allotment = u.allotment AND s.month = u.month
        WHERE u.month = ${monthOf(now)} AND s.value IS DISTINCT FROM u.total
      UNION
      SELECT t.license FROM allotment t
        LEFT JOIN alert_seen s ON s.license = t.license AND s.allotment = t.key AND s.month = ''
        WHERE t.class = 'assigned' AND s.value IS DISTINCT FROM t.live
      UNION
      SELECT l.number FROM license l LEFT JOIN alert_watch w ON w.scope = l.number
        WHERE w.scope IS NULL OR w.due_at <= ${now} OR w.state <> concat_ws(' ', l.definition_id, l.status, l.updated_at)
      UNION
      SELECT license FROM rejection WHERE last_at > ${since}
      UNION
      SELECT a.scope FROM alert a
        JOIN alert_watch w ON w.scope = a.scope
        JOIN deployment d ON d.license = a.scope AND d.source = a.data ->> 'source' AND d.last_seen > w.at
        WHERE a.state IN ('fired', 'acknowledged') AND a.kind = 'deployment.silent'
      UNION
      SELECT r.license FROM reclaim_run r
        LEFT JOIN alert a ON a.scope = r.license AND a.kind = 'reclaim.announced' AND a.once = r.id::text
        WHERE r.state = 'announced' AND a.id IS NULL
      UNION
      SELECT a.scope FROM alert a JOIN reclaim_run r ON r.license = a.scope AND r.id::text = a.once
        WHERE a.state IN ('fired', 'acknowledged') AND a.kind = 'reclaim.announced' AND r.state <> 'announced'
    ) m ON m.license = l.number
    WHERE l.copy_of IS NULL
    ORDER BY l.number`;
  return rows.map(({ license }) => license);
}

/** When the installation was last evaluated, which ends each look; null before the first one. */
async function lastLook(): Promise<Date | null> {
  const row = await store().db.alertWatch.findUnique({
    where: { scope: INSTALLATION },
    select: { at: true },
  });
  return row?.at ?? null;
}
