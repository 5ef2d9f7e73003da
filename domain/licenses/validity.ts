import { DAY, isDay } from "@/domain/month";

/** Half open: from `from` up to, but not including, `to`; null means no bound. */
export type Interval = { from: Date | null; to: Date | null };

const DAYS = /^(\.|[0-9]{4}-[0-9]{2}-[0-9]{2})\/(\.|[0-9]{4}-[0-9]{2}-[0-9]{2})$/;

/**
 * Reads `""`, `./.`, `2018-01-01/.`, `./2018-12-31` or `2018-01-01/2018-12-31`. Days are UTC and the last one is
 * included, so `to` is the midnight after it. Null for other forms, days that don't exist, and ends before starts.
 */
export function parseValidity(text: string): Interval | null {
  if (text === "") return { from: null, to: null };
  const [, first, last] = DAYS.exec(text) ?? [];
  const from = parseDay(first);
  const end = parseDay(last);
  if (from === undefined || end === undefined) return null;
  if (from && end && from > end) return null;
  return { from, to: end && new Date(end.getTime() + DAY) };
}

/** The forms of a validity, for people. */
export const VALIDITY_FORMS =
  'Write "2018-01-01/2018-12-31", "2018-01-01/." without an end, "./2018-12-31" without a beginning, or "" for always.';

/** Why a text isn't a validity, and the forms of one; null if it is one. */
export function whyNoValidity(text: string): string | null {
  if (parseValidity(text)) return null;
  const [, first = "", last = ""] = DAYS.exec(text) ?? [];
  if (first === "") return `"${text}" isn't a validity. ${VALIDITY_FORMS}`;
  const missing = [first, last].find((day) => parseDay(day) === undefined);
  if (missing) return `There is no day ${missing}. ${VALIDITY_FORMS}`;
  return `It ends on ${last}, before it begins on ${first}. The last day must not be before the first.`;
}

/** The first and last day as written, empty if there is no bound; null for other forms. */
export function daysOf(text: string): { first: string; last: string } | null {
  if (text === "") return { first: "", last: "" };
  const [, first = "", last = ""] = DAYS.exec(text) ?? [];
  return first === "" ? null : { first: bare(first), last: bare(last) };
}

/** The inverse of `daysOf`: `""` without any bound. */
export function validityOf({ first, last }: { first: string; last: string }): string {
  return first === "" && last === "" ? "" : `${first || "."}/${last || "."}`;
}

function bare(day: string): string {
  return day === "." ? "" : day;
}

/** Whether a moment lies in the validity; never if it can't be read. */
export function inForce(valid: string, at: Date): boolean {
  const interval = parseValidity(valid);
  return interval !== null && contains(interval, at);
}

export function contains({ from, to }: Interval, at: Date): boolean {
  return (from === null || from <= at) && (to === null || at < to);
}

/** Whether the interval has a moment in common with [from, to). */
export function overlaps(interval: Interval, from: Date, to: Date): boolean {
  return (interval.from === null || interval.from < to) && (interval.to === null || from < interval.to);
}

/** Midnight of a UTC day, null for `.`, undefined for other texts. */
function parseDay(text: string | undefined): Date | null | undefined {
  if (text === ".") return null;
  return text !== undefined && isDay(text) ? new Date(text) : undefined;
}
