import { DAY, dayOf } from "@/domain/month";
import { store } from "./store";

const which = `WHERE license = $1 AND deleted IS NULL AND coalesce(last_used, created::date) <= $2::date`;
const READ = { name: "idle_seats", text: `SELECT instance::text FROM assignment ${which}` };
const COUNT = { name: "idle_seats_count", text: `SELECT count(*)::int AS count FROM assignment ${which}` };

/** The instances that nobody used for at least so many days; one never used counts from the day it was assigned. */
export async function idleSeats(license: string, days: number, now: Date): Promise<Set<string>> {
  const rows = await store().sql.query<{ instance: string }>(READ, [license, idleSince(days, now)]);
  return new Set(rows.map(({ instance }) => instance));
}

export async function countIdleSeats(license: string, days: number, now: Date): Promise<number> {
  const [row] = await store().sql.query<{ count: number }>(COUNT, [license, idleSince(days, now)]);
  return row?.count ?? 0;
}

function idleSince(days: number, now: Date): string {
  return dayOf(new Date(now.getTime() - days * DAY));
}
