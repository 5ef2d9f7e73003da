/** A calendar month in UTC, `YYYY-MM`, from 0001-01 to 9999-12. */
export type Month = string;

/** A day of 24 hours, in milliseconds. */
export const DAY = 86_400_000;

const FIRST = "0001-01";
const LAST = "9999-12";

export function parseMonth(text: unknown): Month | null {
  if (typeof text !== "string" || !/^[0-9]{4}-(0[1-9]|1[0-2])$/.test(text)) return null;
  return text >= FIRST ? text : null;
}

export function monthOf(at: Date): Month {
  return at.toISOString().slice(0, 7);
}

export function monthStart(month: Month): Date {
  return new Date(`${month}-01T00:00:00.000Z`);
}

/** The first moment after the month. */
export function monthEnd(month: Month): Date {
  return monthStartAfter(month, 1);
}

export function daysInMonth(month: Month): number {
  return (monthEnd(month).getTime() - monthStart(month).getTime()) / DAY;
}

/** The month `count` months later, or earlier if negative; stops at the first and last possible month. */
export function addMonths(month: Month, count: number): Month {
  const at = monthStartAfter(month, count);
  if (at < monthStart(FIRST)) return FIRST;
  return at > monthStart(LAST) ? LAST : monthOf(at);
}

/** Whether the month begins more than 24 hours from now: a clock that is less than a day ahead is accepted. */
export function isFutureMonth(month: Month, now: Date): boolean {
  return Date.parse(month) > now.getTime() + DAY;
}

/** The UTC day, `YYYY-MM-DD`. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** Whether a text is a day, `YYYY-MM-DD`, from the year 1 on. `Date` alone would read 30 February as 2 March. */
export function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00.000Z`);
  return text >= FIRST && !Number.isNaN(at.getTime()) && dayOf(at) === text;
}

/** The UTC day `count` days later, or earlier if negative. */
export function addDays(day: string, count: number): string {
  return dayOf(new Date(Date.parse(day) + count * DAY));
}

/** The day to which a report is booked: today in UTC, clamped to its month, so that days add up to the month. */
export function bookingDay(month: Month, now: Date): string {
  const today = dayOf(now);
  if (today.startsWith(month)) return today;
  return today < month ? `${month}-01` : `${month}-${daysInMonth(month)}`;
}

function monthStartAfter(month: Month, count: number): Date {
  const at = monthStart(month);
  at.setUTCMonth(at.getUTCMonth() + count);
  return at;
}
