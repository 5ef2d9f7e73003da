import { DAY } from "@/domain/month";
import type { Units } from "./definition";
import { type Interval, parseValidity } from "./validity";

/** A stretch of time in which the same units are in force; half open, null is no bound. */
export type UnitsSpan = Interval & { units: number };

const MARGIN = 0.15;
const LEAST_MARGIN = 60 * DAY;

/** All of time, parted wherever the units in force change: dated units are summed, those that cannot be read left out. */
export function unitsSpans(units: Units[]): UnitsSpan[] {
  const rows = units.flatMap(({ count, valid }) => {
    const interval = parseValidity(valid);
    return interval ? [{ ...interval, count }] : [];
  });
  const bounds = rows.flatMap(({ from, to }) => [from, to]).filter((at) => at !== null);
  const moments = [...new Set(bounds.map(Number))].toSorted((a, b) => a - b);
  const parts = [null, ...moments.map((moment) => new Date(moment))].map((from) => ({
    from,
    units: rows.filter((row) => isIn(row, from)).reduce((sum, { count }) => sum + count, 0),
  }));
  const changes = parts.filter(({ units }, i) => units !== parts[i - 1]?.units);
  return changes.map(({ from, units }, i) => ({ from, to: changes[i + 1]?.from ?? null, units }));
}

/** A stretch of time with today and every change in it, and a margin on both sides. */
export function spansWindow(spans: UnitsSpan[], now: Date): { from: Date; to: Date } {
  const moments = [now, ...spans.flatMap(({ from }) => from ?? [])].map(Number);
  const first = Math.min(...moments);
  const last = Math.max(...moments);
  const margin = Math.max(LEAST_MARGIN, (last - first) * MARGIN);
  return { from: new Date(first - margin), to: new Date(last + margin) };
}

/** Whether it is in force from a moment on; null is the beginning of time. */
function isIn({ from, to }: Interval, at: Date | null): boolean {
  if (at === null) return from === null;
  return (from === null || from <= at) && (to === null || at < to);
}
