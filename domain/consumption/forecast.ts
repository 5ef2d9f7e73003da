import { addDays, DAY, daysInMonth, type Month } from "@/domain/month";
import { capOf, denied, type Grant } from "./quota";

/** Consumption booked on one UTC day, `YYYY-MM-DD`; a day may come in several parts, or not at all if nothing was used. */
export type DayUse = { day: string; consumed: number };

/** The pace at which an allotment is used: `consumed` minutes in the last `days` whole days. */
export type Pace = { consumed: number; days: number };

/** The UTC days on which usage passes the quota and reaches the cap; null if that doesn't happen within the month. */
type LimitDays = { quotaOn: string | null; capOn: string | null };

/** Where a month is expected to end. */
export type Forecast = LimitDays & { method: string; low: number; mid: number; high: number };

/** The next limit that usage reaches, and the UTC day on which it does. Without overage the quota is the cap. */
export type Crossing = { limit: "quota" | "cap"; on: string };

export type ForecastInput = {
  grant: Grant;
  total: number;
  days: readonly DayUse[];
  month: Month;
  today: string;
};

const LOOK_BACK = 28;
const MEAN_DAYS = 14;
const RUN_DAYS = 7;
const FEWEST_DAYS = 5;

/**
 * The expected total at the end of the month, at the pace of the last 14 whole days; low and high use the slowest and
 * fastest 7-day run of the last 28. Days left are those after today; a total already beyond quota or cap meets it
 * today. Null for any month but today's, and before 5 whole days since the first use of the last 28.
 */
export function forecast({ grant, total, days, month, today }: ForecastInput): Forecast | null {
  const used = wholeDays(days, today);
  if (!today.startsWith(month) || used.length < FEWEST_DAYS) return null;
  const end = (run: Pace) => Math.round(expected(total, run, daysLeft(today)));
  const pace = paceIn(used.slice(-MEAN_DAYS));
  const mid = end(pace);
  const runs = runsOf(used).map((run) => end(paceIn(run)));
  return {
    method: methodOf(pace.days),
    // With 6 to 13 days the mean may lie outside every run.
    low: Math.min(mid, ...runs),
    mid,
    high: Math.max(mid, ...runs),
    ...limitDays(grant, total, pace, today),
  };
}

/** The first day that is considered for a pace, and the first day that counts in it. */
export function paceDays(today: string): { from: string; recent: string } {
  return { from: addDays(today, -LOOK_BACK), recent: addDays(today, -MEAN_DAYS) };
}

/** The pace that `forecast` uses, from the first use since `from` and the consumption since `recent`, both before today. */
export function paceOf(first: string, consumed: number, today: string): Pace | null {
  const days = (Date.parse(today) - Date.parse(first)) / DAY;
  return days < FEWEST_DAYS ? null : { consumed, days: Math.min(days, MEAN_DAYS) };
}

/** The limit that usage reaches next this month at this pace; null if it reaches none, or access is denied already. */
export function nextCrossing(grant: Grant, total: number, pace: Pace | null, today: string): Crossing | null {
  if (pace === null || denied(grant, total)) return null;
  const { quotaOn, capOn } = limitDays(grant, total, pace, today);
  if (grant.overage !== 0 && quotaOn && total <= grant.quota) return { limit: "quota", on: quotaOn };
  return capOn ? { limit: "cap", on: capOn } : null;
}

/** The total expected at the end of today's month, at this pace. */
export function expectedTotal(total: number, pace: Pace | null, today: string): number | null {
  return pace && Math.round(expected(total, pace, daysLeft(today)));
}

/** Consumption of each day before today, oldest first, starting with the first use in the last 28 days. */
function wholeDays(days: readonly DayUse[], today: string): number[] {
  const { from } = paceDays(today);
  const byDay = new Map<string, number>();
  for (const { day, consumed } of days) if (day >= from) byDay.set(day, (byDay.get(day) ?? 0) + consumed);
  const first = [...byDay.keys()].reduce((least, day) => (day < least ? day : least), today);
  return Array.from({ length: LOOK_BACK }, (_, i) => addDays(from, i))
    .filter((day) => day >= first)
    .map((day) => byDay.get(day) ?? 0);
}

/** Every run of 7 consecutive days, or all days if they are fewer. */
function runsOf(used: number[]): number[][] {
  const length = Math.min(RUN_DAYS, used.length);
  return Array.from({ length: used.length - length + 1 }, (_, i) => used.slice(i, i + length));
}

function paceIn(run: number[]): Pace {
  return { consumed: run.reduce((all, consumed) => all + consumed, 0), days: run.length };
}

/** The total expected `n` days after today. */
function expected(total: number, { consumed, days }: Pace, n: number): number {
  return total + (consumed * n) / days;
}

function limitDays(grant: Grant, total: number, pace: Pace, today: string): LimitDays {
  const cap = capOf(grant);
  return {
    quotaOn: firstDay(today, (n) => expected(total, pace, n) > grant.quota),
    capOn: cap === null ? null : firstDay(today, (n) => expected(total, pace, n) >= cap),
  };
}

function firstDay(today: string, reached: (n: number) => boolean): string | null {
  const n = Array.from({ length: daysLeft(today) + 1 }, (_, i) => i).find(reached);
  return n === undefined ? null : addDays(today, n);
}

function daysLeft(today: string): number {
  return daysInMonth(today.slice(0, 7)) - Number(today.slice(8));
}

function methodOf(days: number): string {
  return `total + mean of the last ${days} whole days × days left; low and high from the slowest and fastest ${RUN_DAYS}-day run of the last ${LOOK_BACK} days`;
}
