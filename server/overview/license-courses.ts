import { seatDays } from "@/domain/assignments/seat-days";
import { monthSoFar, soFarSince } from "@/domain/consumption/month-so-far";
import { nameKey } from "@/domain/licenses/definition";
import {
  type LicenseAllotment,
  type SeatAllotment,
  type TimeAllotment,
  worstAllotment,
} from "@/domain/licenses/license-allotments";
import { addDays, addMonths, dayOf, monthOf } from "@/domain/month";
import { seatMoves } from "@/server/assignments/lists/seat-moves";
import { reading } from "@/server/store/store";
import type { HealthyLicense } from "./license-summaries";

/**
 * How a license filled up over the last 30 days, as shares of its limits, where 1 is the limit: the seats held at the
 * end of each day, and the minutes of the month used by then. Empty without such an allotment, or without a limit.
 */
export type LicenseCourse = { seats: number[]; minutes: number[] };

type Charted = Pick<HealthyLicense, "number" | "glance">;

const DAYS = 30;

/** The courses of some licenses, in two statements for any number of them. */
export async function licenseCourses(
  rows: readonly Charted[],
  now: Date,
): Promise<(row: Charted) => LicenseCourse> {
  const numbers = rows.map(({ number }) => number);
  const today = dayOf(now);
  const [used, moves] = await Promise.all([
    usedDays(numbers, soFarSince(today, DAYS), today),
    seatMoves(numbers, addDays(today, 1 - DAYS)),
  ]);
  return ({ number, glance: { pools } }) => ({
    seats: seatShares(
      pools,
      ({ name, live }) => seatDays(live, moves.get(`${number} ${nameKey(name)}`) ?? [], today, DAYS).days,
    ),
    minutes: minuteShares(pools, ({ name }) =>
      monthSoFar(used.get(`${number} ${nameKey(name)}`) ?? new Map(), today, DAYS),
    ),
  });
}

/** Of all seats together, as lists count them. */
function seatShares(pools: readonly LicenseAllotment[], daysOf: (pool: SeatAllotment) => number[]): number[] {
  const seats = pools.flatMap((pool) => (pool.class === "assigned" ? pool : []));
  const units = seats.reduce((sum, pool) => sum + pool.units, 0);
  if (units === 0) return [];
  const courses = seats.map(daysOf);
  return Array.from({ length: DAYS }, (_, day) =>
    courses.reduce((sum, days) => sum + (days[day] ?? 0) / units, 0),
  );
}

/** Of the allotment that lists show: the worst one. */
function minuteShares(
  pools: readonly LicenseAllotment[],
  daysOf: (pool: TimeAllotment) => number[],
): number[] {
  const worst = worstAllotment(pools.filter((pool) => pool.class === "time"));
  if (worst?.class !== "time" || worst.quota === 0) return [];
  return daysOf(worst).map((minutes) => minutes / worst.quota);
}

type DayRow = { license: string; allotment: string; day: Date; consumed: bigint };

/** The minutes of each day, by license and key of the allotment. */
async function usedDays(
  numbers: string[],
  from: string,
  today: string,
): Promise<Map<string, Map<string, number>>> {
  const last = monthOf(new Date(today));
  const months = [0, 1, 2].map((i) => addMonths(monthOf(new Date(from)), i)).filter((month) => month <= last);
  const rows = await reading().db.$queryRaw<DayRow[]>`
    SELECT license, allotment, day, sum(consumed)::bigint AS consumed FROM usage_day
    WHERE license = ANY (${numbers}) AND month = ANY (${months})
    GROUP BY license, allotment, day`;
  const used = new Map<string, Map<string, number>>();
  for (const { license, allotment, day, consumed } of rows) {
    const key = `${license} ${allotment}`;
    used.set(key, (used.get(key) ?? new Map()).set(dayOf(day), Number(consumed)));
  }
  return used;
}
