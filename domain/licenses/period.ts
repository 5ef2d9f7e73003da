import { addDays, addMonths, DAY, daysInMonth, isDay, monthOf } from "@/domain/month";
import { daysOf, validityOf } from "./validity";

/** How long something is valid from its first day; null means no end. */
export type Period = { months: number } | { days: number } | null;

const MOST_MONTHS = 120;

/** The last day of a period that begins on a UTC day: a year from 29 Nov 2026 ends on 28 Nov 2027. */
export function lastDayOf(first: string, period: NonNullable<Period>): string {
  if ("days" in period) return addDays(first, period.days - 1);
  const month = addMonths(monthOf(new Date(first)), period.months);
  const day = Number(first.slice(8));
  const length = daysInMonth(month);
  if (day > length) return `${month}-${length}`;
  return addDays(`${month}-${String(day).padStart(2, "0")}`, -1);
}

/** The validity from a day for a period. */
export function validityFor(first: string, period: Period): string {
  return period ? validityOf({ first, last: lastDayOf(first, period) }) : validityOf({ first: "", last: "" });
}

/** The period of a validity, in whole months if it has any; undefined if it has no first day, so no length. */
export function periodOf(valid: string): Period | undefined {
  const days = daysOf(valid);
  if (!days) return undefined;
  const { first, last } = days;
  if (last === "") return null;
  if (first === "" || !isDay(first) || !isDay(last) || last < first) return undefined;
  for (let months = 1; months <= MOST_MONTHS; months++)
    if (lastDayOf(first, { months }) === last) return { months };
  return { days: Math.round((Date.parse(last) - Date.parse(first)) / DAY) + 1 };
}
