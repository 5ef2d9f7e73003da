import type { Allotment } from "@/domain/licenses/definition";
import { validityOf, whyNoValidity } from "@/domain/licenses/validity";
import { isDay } from "@/domain/month";

/** The most seats that a legacy license can have. */
export const MOST_SEATS = 1_000_000_000;

/** Two days as a validity, or why they aren't one. */
export type LefDates = { valid: string } | { why: string; isReversed: boolean };

/** Reads the first and the last day, each empty if there is no bound. */
export function readDates(first: string, last: string): LefDates {
  const valid = validityOf({ first, last });
  if (whyNoValidity(valid) === null) return { valid };
  if (isDay(first) && isDay(last))
    return { why: `It ends on ${last}, before it begins on ${first}. Correct the dates.`, isReversed: true };
  return { why: "A date can't be read. Write dates as 2026-12-31.", isReversed: false };
}

/** A whole number up to `MOST_SEATS`; null for any other text. */
export function readCount(text: string): number | null {
  const count = /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return count <= MOST_SEATS ? count : null;
}

/** An allotment of seats, named after its access type. */
export function seatAllotment(name: string, units: Allotment["units"]): Allotment {
  return { name, usage: { class: "assigned", minimum: 1 }, provisions: [{ accessType: name }], units };
}
