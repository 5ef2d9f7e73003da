import { DAY, dayOf } from "@/domain/month";
import { ADMIN_SOURCE } from "@/server/assignments/changes/seat-patches";
import { store } from "@/server/store/store";

/**
 * The UTC day on which this server received the assignment `a`. For assignments that an older release received, the
 * audit has it; it is looked up only for those that are old enough to matter.
 */
export const receivedDay = (
  since: string,
) => `(coalesce(a.received, CASE WHEN a.created < (${since}::date + 1)::timestamp AT TIME ZONE 'UTC' THEN (
    SELECT min(e.at) FROM audit_event e
    WHERE e.object = a.instance::text AND e.chain = a.license AND e.action = 'assignment.added') END, a.created)
  AT TIME ZONE 'UTC')::date`;

/** Whether the use of the assignment `a` is reported: by its deployment, or for those added by an admin by any deployment. */
const USE_IS_REPORTED = `EXISTS (SELECT 1 FROM deployment d
    WHERE d.license = a.license AND d.reports_use AND (d.source = a.source OR a.source = '${ADMIN_SOURCE}'))`;

const which = `WHERE a.license = $1 AND a.deleted IS NULL
    AND coalesce(a.last_used, ${receivedDay("$2")}) <= $2::date AND (a.last_used IS NOT NULL OR ${USE_IS_REPORTED})`;
const READ = { name: "idle_seats", text: `SELECT a.instance::text FROM assignment a ${which}` };
const COUNT = { name: "idle_seats_count", text: `SELECT count(*)::int AS count FROM assignment a ${which}` };
const REPORTED = {
  name: "use_told",
  text: `SELECT source FROM deployment WHERE license = $1 AND reports_use`,
};

/**
 * The instances that nobody has used for at least so many days; one that was never used counts from the day this
 * server received it. Where no use is reported nobody knows: those aren't idle.
 */
export async function idleSeats(license: string, days: number, now: Date): Promise<Set<string>> {
  const rows = await store().sql.query<{ instance: string }>(READ, [license, idleSince(days, now)]);
  return new Set(rows.map(({ instance }) => instance));
}

export async function countIdleSeats(license: string, days: number, now: Date): Promise<number> {
  const [row] = await store().sql.query<{ count: number }>(COUNT, [license, idleSince(days, now)]);
  return row?.count ?? 0;
}

/** Whether the use of a source's seats is reported. */
export async function reportedUse(license: string): Promise<(source: string) => boolean> {
  const rows = await store().sql.query<{ source: string }>(REPORTED, [license]);
  const told = new Set(rows.map(({ source }) => source));
  return (source) => (source === ADMIN_SOURCE ? told.size > 0 : told.has(source));
}

function idleSince(days: number, now: Date): string {
  return dayOf(new Date(now.getTime() - days * DAY));
}
