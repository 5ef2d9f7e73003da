import { dayOf } from "@/domain/month";
import { type Paces, pacesOf } from "@/server/licenses/license-allotments";
import { perProcess } from "@/server/store/per-process";
import type { HealthRow } from "./health-statement";

type Known = { print: string; paces: Paces };

/** A transaction that began before a moment is committed so long after it at most, by the clocks of all servers. */
const LATE_MS = 300_000;
const AT_ONCE = 1000;

const known = () => perProcess("paces", () => ({ day: "", of: new Map<string, Known>() }));

/**
 * The paces of licenses today, by number. They are sums over whole days before today, which hardly ever change: each is
 * read once a day, and again when minutes were booked to the month before or a log was uploaded.
 */
export async function recentPaces(
  rows: readonly Pick<HealthRow, "number" | "before" | "uploaded">[],
  now: Date,
): Promise<Map<string, Paces>> {
  const today = dayOf(now);
  const state = known();
  if (state.day !== today) Object.assign(state, { day: today, of: new Map() });
  const { of } = state;
  const prints = new Map(rows.map((row) => [row.number, printOf(row, now)]));
  const unknown = [...prints.keys()].filter((number) => of.get(number)?.print !== prints.get(number));
  for (let from = 0; from < unknown.length; from += AT_ONCE) {
    const read = await pacesOf(unknown.slice(from, from + AT_ONCE), today);
    for (const [number, paces] of read) of.set(number, { print: prints.get(number) ?? "", paces });
  }
  return new Map([...prints.keys()].map((number) => [number, of.get(number)?.paces ?? new Map()]));
}

/** Changes when the sums may have. While late bookings may still come it's another one at every moment. */
function printOf({ before, uploaded }: Pick<HealthRow, "before" | "uploaded">, now: Date): string {
  const midnight = Date.parse(dayOf(now));
  const isSettled = now.getTime() - Math.max(midnight, uploaded ?? 0) >= LATE_MS;
  return isSettled ? `${before} ${uploaded}` : now.toISOString();
}
