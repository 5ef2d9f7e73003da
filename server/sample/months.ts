import { DAY, type Month, monthStart } from "@/domain/month";
import type { Random } from "./random";

/** The share of a working day that each weekday is, starting with Sunday. */
const WEEK = [0.08, 1, 1.05, 1.1, 1.05, 0.85, 0.12];

/** Spreads blocks over the first days of a month as people work; the parts are whole and add up to them. */
export function spread(random: Random, blocks: number, month: Month, days: number): number[] {
  const weights = Array.from({ length: days }, (_, index) => {
    const weekday = new Date(monthStart(month).getTime() + index * DAY).getUTCDay();
    return (WEEK[weekday] ?? 1) * (0.75 + random.next() / 2);
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  let given = 0;
  return weights.map((weight) => {
    reached += weight;
    const upTo = Math.round((blocks * reached) / whole);
    const part = upTo - given;
    given = upTo;
    return part;
  });
}
