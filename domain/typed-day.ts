import { type DateForm, DEFAULT_DATE_FORM, formatDate } from "./dates/date-form";
import { dayOf } from "./month";

const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_FIRST = /^(\d{1,2})[ .-]+([a-z]{3,9})\.?[ ,-]+(\d{4})$/;
const MONTH_FIRST = /^([a-z]{3,9})\.? +(\d{1,2}),? +(\d{4})$/;

const SAMPLE = "2026-11-28";

/** What people can write for a day: their own form, and two that nobody can mistake. */
export function dayForms(dateForm: DateForm): string {
  const forms = new Set([dateForm, DEFAULT_DATE_FORM].filter((form) => form !== "yyyy-MM-dd"));
  return `Write a day as ${[...forms].map((form) => formatDate(SAMPLE, form)).join(", ")} or ${SAMPLE}.`;
}

/**
 * The day, `YYYY-MM-DD`, that somebody typed as `28 Nov 2026`, `28 November 2026`, `Nov 28, 2026` or `2026-11-28`; null
 * for other texts and days that don't exist. Months in digits other than in ISO 8601 are refused: nobody can tell
 * 11/12 from 12/11.
 */
export function typedDay(text: string): string | null {
  const words = text.trim().toLowerCase().replaceAll(/\s+/g, " ");
  const [, year = "", month = "", day = ""] = ISO.exec(words) ?? [];
  if (year) return existing(year, Number(month), day);
  const [, first = "", name = "", last = ""] = DAY_FIRST.exec(words) ?? [];
  if (name) return existing(last, monthNamed(name), first);
  const [, americanName = "", americanDay = "", americanYear = ""] = MONTH_FIRST.exec(words) ?? [];
  return americanName ? existing(americanYear, monthNamed(americanName), americanDay) : null;
}

/** 1 to 12 for a name or its beginning of at least three letters; 0 for other words. */
function monthNamed(name: string): number {
  return MONTHS.findIndex((month) => month.startsWith(name)) + 1;
}

function existing(year: string, month: number, day: string): string | null {
  const written = `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`;
  const midnight = new Date(`${written}T00:00:00.000Z`);
  // Date reads 30 February as 2 March.
  const exists = year !== "0000" && !Number.isNaN(midnight.getTime()) && dayOf(midnight) === written;
  return exists ? written : null;
}
