import { isDay } from "@/domain/month";

/** How a person writes dates, as patterns of Unicode (UTS 35, Date Field Symbols); the first one is the default. */
export const DATE_FORMS = ["d MMM yyyy", "yyyy-MM-dd", "dd/MM/yyyy", "MM/dd/yyyy", "dd.MM.yyyy"] as const;
export type DateForm = (typeof DATE_FORMS)[number];
export const DEFAULT_DATE_FORM: DateForm = "d MMM yyyy";

/** A calendar date: `year` is 1 to 9999, `month` 1 to 12, `day` 1 to 31. */
type DateParts = { year: number; month: number; day: number };

const MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

export function isDateForm(text: unknown): text is DateForm {
  return DATE_FORMS.some((form) => form === text);
}

/** A date `2026-08-03` as `3 Aug 2026`, `2026-08-03`, `03/08/2026`, `08/03/2026` or `03.08.2026`. */
export function formatDate(date: string, form: DateForm): string {
  const [year = "", month = "", day = ""] = date.split("-");
  return fill(form, { year, month, day });
}

/** A date whose year is obvious as `3 Aug`, `08-03`, `03/08`, `08/03` or `03.08`, which can end a sentence. */
export function formatShortDate(date: string, form: DateForm): string {
  const [, month = "", day = ""] = date.split("-");
  return fill(SHORT[form], { year: "", month, day });
}

/** As `formatShortDate`, but with the whole name of the month where the form has names: `3 August`. */
export function formatLongDate(date: string, form: DateForm): string {
  if (form !== "d MMM yyyy") return formatShortDate(date, form);
  const [, month, day] = date.split("-").map(Number);
  return `${day} ${MONTHS[(month ?? 1) - 1]}`;
}

/**
 * The date `YYYY-MM-DD` that a person typed in a form; null for anything else, such as 31 February or a year of two
 * digits. Digits need no leading zero, blanks around them don't count. Forms that nobody can mistake are understood
 * beside it: ISO 8601, and months in words, as in `28 November 2026` and `Nov 28, 2026`.
 */
export function parseDate(text: string, form: DateForm): string | null {
  const words = text.trim();
  const parts = [TYPED["yyyy-MM-dd"], TYPED[form], TYPED["d MMM yyyy"], MONTH_FIRST].flatMap(
    (pattern) => partsIn(words, pattern) ?? [],
  )[0];
  if (!parts) return null;
  const date = [pad(parts.year, 4), pad(parts.month, 2), pad(parts.day, 2)].join("-");
  return isDay(date) ? date : null;
}

const SAMPLE = "2026-11-28";

/** What people can write for a date: their own form, and two that nobody can mistake. */
export function dateFormsSentence(form: DateForm): string {
  const forms = new Set([form, DEFAULT_DATE_FORM].filter((one) => one !== "yyyy-MM-dd"));
  return `Write a day as ${[...forms].map((one) => formatDate(SAMPLE, one)).join(", ")} or ${SAMPLE}.`;
}

const SHORT: Record<DateForm, string> = {
  "d MMM yyyy": "d MMM",
  "yyyy-MM-dd": "MM-dd",
  "dd/MM/yyyy": "dd/MM",
  "MM/dd/yyyy": "MM/dd",
  "dd.MM.yyyy": "dd.MM",
};

function fill(pattern: string, { year, month, day }: Record<keyof DateParts, string>): string {
  const values: Record<string, string> = {
    ...{ yyyy: year, MMM: MONTHS[Number(month) - 1]?.slice(0, 3) ?? "", MM: month },
    ...{ dd: day, d: String(Number(day)) },
  };
  return pattern.replace(/y+|M+|d+/g, (field) => values[field] ?? field);
}

/** What each form looks like when it is typed. */
const TYPED: Record<DateForm, RegExp> = {
  "d MMM yyyy": /^(?<day>\d{1,2})[\s.-]*(?<month>[a-z]+)[\s.,-]*(?<year>\d{4})$/i,
  "yyyy-MM-dd": /^(?<year>\d{4})\s*-\s*(?<month>\d{1,2})\s*-\s*(?<day>\d{1,2})$/,
  "dd/MM/yyyy": /^(?<day>\d{1,2})\s*\/\s*(?<month>\d{1,2})\s*\/\s*(?<year>\d{4})$/,
  "MM/dd/yyyy": /^(?<month>\d{1,2})\s*\/\s*(?<day>\d{1,2})\s*\/\s*(?<year>\d{4})$/,
  "dd.MM.yyyy": /^(?<day>\d{1,2})\s*\.\s*(?<month>\d{1,2})\s*\.\s*(?<year>\d{4})$/,
};

const MONTH_FIRST = /^(?<month>[a-z]+)\.?\s*(?<day>\d{1,2})(?:,\s*|\s+)(?<year>\d{4})$/i;

function partsIn(words: string, pattern: RegExp): DateParts | null {
  const { year, month = "", day } = pattern.exec(words)?.groups ?? {};
  const number = /^\d/.test(month) ? Number(month) : monthNamed(month);
  return year && day && number ? { year: Number(year), month: number, day: Number(day) } : null;
}

/** The number of a month from three letters or more of its name; 0 if there is none. */
function monthNamed(name: string): number {
  if (name.length < 3) return 0;
  return MONTHS.findIndex((month) => month.toLowerCase().startsWith(name.toLowerCase())) + 1;
}

function pad(number: number, length: number): string {
  return String(number).padStart(length, "0");
}
