import { type SeatDays, seatDays } from "@/domain/assignments/seat-days";
import type { Forecast } from "@/domain/consumption/forecast";
import { monthSoFar } from "@/domain/consumption/month-so-far";
import { allotmentNamed, nameKey } from "@/domain/licenses/definition";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import { type UnitsAhead, unitsAhead } from "@/domain/licenses/units-ahead";
import { addDays, dayOf, type Month, monthOf } from "@/domain/month";
import { seatMoves } from "@/server/assignments/lists/seat-moves";
import { type AllotmentUsage, monthUsage, usageHistory } from "@/server/consumption/usage";
import type { License } from "@/server/licenses/license";

/** The past and expected usage of an allotment. */
export type AllotmentCourse = SeatCourse | TimeCourse;
/** Seats at the end of each of the last 30 days, and the most at any moment since. */
type SeatCourse = { class: "assigned"; days: number[]; most: number; ahead: UnitsAhead | null };
/** Minutes used so far at the end of each day of the month, and the month with the most of the last 12. */
type TimeCourse = {
  class: "time";
  days: number[];
  most: { month: Month; total: number };
  forecast: Forecast | null;
};

const DAYS = 30;
const MONTHS = 12;

/** The courses of a license's allotments, by name. */
export async function allotmentCourses(
  { number, definition }: Pick<License, "number" | "definition">,
  pools: readonly LicenseAllotment[],
  now: Date,
): Promise<Map<string, AllotmentCourse>> {
  const month = monthOf(now);
  const [usage, history, moves] = await Promise.all([
    monthUsage(number, month, now),
    usageHistory(number, month, MONTHS),
    seatMoves([number], addDays(dayOf(now), 1 - DAYS)),
  ]);
  const courseOf = (pool: LicenseAllotment): AllotmentCourse | null => {
    const allotment = allotmentNamed(definition, pool.name);
    if (pool.class === "assigned") {
      const course: SeatDays = seatDays(
        pool.live,
        moves.get(`${number} ${nameKey(pool.name)}`) ?? [],
        dayOf(now),
        DAYS,
      );
      return { class: "assigned", ...course, ahead: allotment ? unitsAhead(allotment, now) : null };
    }
    const used = usage.allotments.find(({ name }) => nameKey(name) === nameKey(pool.name));
    if (!used) return null;
    const totals = history.map((of) => ({ month: of.month, total: totalOf(of.allotments, pool.name) }));
    const most = totals.toReversed().reduce((best, other) => (other.total > best.total ? other : best));
    return { class: "time", days: soFar(used, dayOf(now)), most, forecast: used.forecast };
  };
  return new Map(
    pools.flatMap((allotment) => {
      const course = courseOf(allotment);
      return course ? [[allotment.name, course] as const] : [];
    }),
  );
}

function totalOf(allotments: readonly { name: string; total: number }[], wanted: string): number {
  return allotments.find(({ name }) => nameKey(name) === nameKey(wanted))?.total ?? 0;
}

/** The cumulative usage at the end of each day from the first of the month to today. */
function soFar({ byDay }: AllotmentUsage, today: string): number[] {
  const used = new Map<string, number>();
  for (const { day, consumed } of byDay) used.set(day, (used.get(day) ?? 0) + consumed);
  return monthSoFar(used, today, Number(today.slice(8)));
}
