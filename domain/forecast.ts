import { addDays, daysInMonth, type Month } from "@/domain/month";
import { capOf, type Grant } from "@/domain/quota";

/** Consumption booked on one UTC day, `YYYY-MM-DD`; a day may come in several parts or, without use, not at all. */
export type DayUse = { day: string; consumed: number };

/** Where a month is expected to end; `quotaOn` and `capOn` are UTC days. */
export type Forecast = {
  method: string;
  low: number;
  mid: number;
  high: number;
  quotaOn: string | null;
  capOn: string | null;
};

export type ForecastInput = { grant: Grant; total: number; days: DayUse[]; month: Month; today: string };

const LOOK_BACK = 28;
const MEAN_DAYS = 14;
const RUN_DAYS = 7;
const FEWEST_DAYS = 5;

/**
 * The month's end at the pace of the last 14 whole days, low and high at that of the slowest and fastest 7-day run
 * of the last 28. Days left are those after today; a line that is already past quota or cap meets it today.
 * Null for any month but today's, and before 5 whole days since the first use in `days`.
 */
export function forecast({ grant, total, days, month, today }: ForecastInput): Forecast | null {
  const used = wholeDays(days, today);
  if (!today.startsWith(month) || used.length < FEWEST_DAYS) return null;
  const left = daysInMonth(month) - Number(today.slice(8));
  const recent = used.slice(-MEAN_DAYS);
  const runs = runsOf(used);
  const end = (run: number[]) => Math.round(paceLine(total, run)(left));
  const mid = end(recent);
  const line = paceLine(total, recent);
  const cap = capOf(grant);
  return {
    method: methodOf(recent.length),
    // Of 6 to 13 days the mean may lie outside every run.
    low: Math.min(mid, ...runs.map(end)),
    mid,
    high: Math.max(mid, ...runs.map(end)),
    quotaOn: firstDay(today, left, (n) => line(n) > grant.quota),
    capOn: firstDay(today, left, (n) => cap !== null && line(n) >= cap),
  };
}

/** Consumption of each day before today, oldest first, from the first use on but 28 days back at most. */
function wholeDays(days: DayUse[], today: string): number[] {
  const byDay = new Map<string, number>();
  for (const { day, consumed } of days) byDay.set(day, (byDay.get(day) ?? 0) + consumed);
  const first = [...byDay.keys()].reduce((least, day) => (day < least ? day : least), today);
  return Array.from({ length: LOOK_BACK }, (_, i) => addDays(today, i - LOOK_BACK))
    .filter((day) => day >= first)
    .map((day) => byDay.get(day) ?? 0);
}

/** Every run of 7 days in a row, or all days when they are fewer. */
function runsOf(used: number[]): number[][] {
  const length = Math.min(RUN_DAYS, used.length);
  return Array.from({ length: used.length - length + 1 }, (_, i) => used.slice(i, i + length));
}

/** The total expected `n` days after today at the mean pace of the run. */
function paceLine(total: number, run: number[]): (n: number) => number {
  const sum = run.reduce((all, consumed) => all + consumed, 0);
  return (n) => total + (sum * n) / run.length;
}

function firstDay(today: string, left: number, reached: (n: number) => boolean): string | null {
  const n = Array.from({ length: left + 1 }, (_, i) => i).find(reached);
  return n === undefined ? null : addDays(today, n);
}

function methodOf(days: number): string {
  return `total + mean of the last ${days} whole days × days left; low and high from the slowest and fastest ${RUN_DAYS}-day run of the last ${LOOK_BACK} days`;
}
