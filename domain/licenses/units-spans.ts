import { DAY } from "@/domain/month";
import type { Units } from "./definition";
import { type Interval, parseValidity } from "./validity";

/** A period in which the same units are in force; half open, null means no bound. */
export type UnitsSpan = Interval & { units: number };

const MARGIN = 0.15;
const LEAST_MARGIN = 60 * DAY;

/** All of time, split wherever the units in force change: dated units are summed, unreadable ones ignored. */
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

/** A period that contains today and every change, with a margin on both sides. */
export function spansWindow(spans: UnitsSpan[], now: Date): { from: Date; to: Date } {
  const moments = [now, ...spans.flatMap(({ from }) => from ?? [])].map(Number);
  const first = Math.min(...moments);
  const last = Math.max(...moments);
  const margin = Math.max(LEAST_MARGIN, (last - first) * MARGIN);
  return { from: new Date(first - margin), to: new Date(last + margin) };
}

/** Whether an interval covers a moment; null is the beginning of time. */
function isIn({ from, to }: Interval, at: Date | null): boolean {
  if (at === null) return from === null;
  return (from === null || from <= at) && (to === null || at < to);
}
