import { daysInMonth, type Month } from "@/domain/month";
import type { Forecast } from "./forecast";
import { capOf, type Grant } from "./quota";

/** The usage of one deployment, or of all smaller ones together, on each day of a month; index 0 is the 1st. */
export type Layer = { source: string | null; days: number[] };

export type BurnUp = {
  month: Month;
  grant: Grant;
  /** The layers, largest first. */
  layers: Layer[];
  /** The usage of the month before, day by day. */
  before: number[];
  /** The current day of the month; null if the month has ended. */
  today: number | null;
  forecast: Forecast | null;
};

/** One day of a month as the chart, its table and its export show it. Values of future days are null. */
export type BurnUpDay = {
  day: number;
  /** The cumulative usage of the month, by layer. */
  layers: (number | null)[];
  usedThatDay: number | null;
  soFar: number | null;
  /** The minutes left to the cap, or to the quota if there is no cap. */
  left: number | null;
  monthBefore: number | null;
  /** The total that the forecast expects, from today on. */
  expected: { low: number; mid: number; high: number } | null;
};

/** The usage of a month, day by day from its 1st to its last. */
export function burnUp({ month, grant, layers, before, today, forecast }: BurnUp): BurnUpDay[] {
  const last = daysInMonth(month);
  const sums = layers.map(({ days }) => running(days, last));
  const whole = running(
    Array.from({ length: last }, (_, i) => sum(layers.map(({ days }) => days[i] ?? 0))),
    last,
  );
  const ghost = running(before, before.length);
  const limit = capOf(grant) ?? grant.quota;
  return Array.from({ length: last }, (_, i) => {
    const past = today === null || i < today;
    const soFar = whole[i] ?? 0;
    return {
      day: i + 1,
      layers: sums.map((line) => (past ? (line[i] ?? 0) : null)),
      usedThatDay: past ? soFar - (whole[i - 1] ?? 0) : null,
      soFar: past ? soFar : null,
      left: past ? Math.max(0, limit - soFar) : null,
      monthBefore: ghost[i] ?? null,
      expected: today === null || !forecast ? null : expectedOn(i + 1, today, last, whole, forecast),
    };
  });
}

/** The first day on which the total was beyond the quota, and the first on which it reached the cap. */
export function passedOn(days: BurnUpDay[], grant: Grant): { quota: number | null; cap: number | null } {
  const cap = capOf(grant);
  const first = (reached: (soFar: number) => boolean) =>
    days.find(({ soFar }) => soFar !== null && reached(soFar))?.day ?? null;
  return {
    quota: first((soFar) => soFar > grant.quota),
    cap: cap === null ? null : first((soFar) => soFar > 0 && soFar >= cap),
  };
}

/**
 * Which of `count` styles each source gets: by its position in the order of first contact, so that it keeps its style
 * over months. If a larger source has that style, it gets the next free one.
 */
export function looksOf(places: number[], count: number): number[] {
  const taken = new Set<number>();
  return places.map((place) => {
    const free = Array.from({ length: count }, (_, i) => (place + i) % count).find(
      (look) => !taken.has(look),
    );
    const look = free ?? place % count;
    taken.add(look);
    return look;
  });
}

function expectedOn(day: number, today: number, last: number, whole: number[], forecast: Forecast) {
  if (day < today) return null;
  const now = whole[today - 1] ?? 0;
  const share = last === today ? 1 : (day - today) / (last - today);
  const on = (end: number) => (day === today ? now : Math.round(now + (end - now) * share));
  return { low: on(forecast.low), mid: on(forecast.mid), high: on(forecast.high) };
}

function running(days: number[], length: number): number[] {
  let total = 0;
  return Array.from({ length }, (_, i) => {
    total += days[i] ?? 0;
    return total;
  });
}

function sum(values: number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
