import { dayOf } from "@/domain/month";
import {
  type DateForm,
  DEFAULT_DATE_FORM,
  formatDate,
  formatLongDate,
  formatShortDate,
  isDateForm,
} from "./date-form";
import { inZone, isZone, offsetText, UTC, type Zone, zoneName } from "./zone";

export const CLOCKS = ["24h", "12h"] as const;
export type Clock = (typeof CLOCKS)[number];

/** How dates and times are shown to a person. The texts of dates have no-break spaces. */
export type DateStyle = { zone: Zone; dateForm: DateForm; clock: Clock };

/** The style of those who chose none, and of texts for nobody in particular. */
export const DEFAULT_STYLE: DateStyle = { zone: UTC, dateForm: DEFAULT_DATE_FORM, clock: "24h" };

type Stored = { [name in keyof DateStyle]: string | null };

/** A stored style; what is missing or unknown to the running program falls back to the default. */
export function readStyle({ zone, dateForm, clock }: Stored): DateStyle {
  return {
    zone: isZone(zone) ? zone : DEFAULT_STYLE.zone,
    dateForm: isDateForm(dateForm) ? dateForm : DEFAULT_STYLE.dateForm,
    clock: clock === "12h" ? clock : DEFAULT_STYLE.clock,
  };
}

/**
 * A calendar date, such as the first day of a validity, in the person's form. It is the same date everywhere: the UTC
 * day of `date`, or the date `YYYY-MM-DD` itself.
 */
export function dateText(date: Date | string, { dateForm }: DateStyle): string {
  return unbroken(formatDate(calendarDate(date), dateForm));
}

/** A calendar date as `3 Aug`, if its year is obvious. */
export function shortDateText(date: Date | string, { dateForm }: DateStyle): string {
  return unbroken(formatShortDate(calendarDate(date), dateForm));
}

/** A calendar date as `3 August`, if its year is obvious; for sentences, so with plain spaces. */
export function longDateText(date: Date | string, { dateForm }: DateStyle): string {
  return formatLongDate(calendarDate(date), dateForm);
}

/** The day of a moment in the person's zone: `23 Aug 2026`. */
export function dayText(at: Date, { zone, dateForm }: DateStyle): string {
  return unbroken(formatDate(inZone(at, zone).date, dateForm));
}

/** The day of a moment in the person's zone as `23 Aug`, if its year is obvious. */
export function shortDayText(at: Date, { zone, dateForm }: DateStyle): string {
  return unbroken(formatShortDate(inZone(at, zone).date, dateForm));
}

/** The time of day of a moment in the person's zone: `14:03` or `2:03 pm`. */
export function clockText(at: Date, style: DateStyle): string {
  return clockOf(at, style, ({ minute }) => pad(minute));
}

/** As `clockText`, with seconds: `14:03:07`. */
export function secondsText(at: Date, style: DateStyle): string {
  return clockOf(at, style, ({ minute, second }) => `${pad(minute)}:${pad(second)}`);
}

/** A moment as `23 Aug 2026, 14:03`; the page must name the zone. */
export function momentText(at: Date, style: DateStyle): string {
  return `${dayText(at, style)}, ${clockText(at, style)}`;
}

/** A moment with its zone: `23 Aug 2026, 14:03 UTC`. */
export function zonedText(at: Date, style: DateStyle): string {
  return `${momentText(at, style)} ${zoneName(style.zone)}`;
}

/** A moment to the second, unmistakable where clocks are put back: `23 Aug 2026, 14:03:07 Berlin (UTC+2)`. */
export function exactText(at: Date, style: DateStyle): string {
  const name = zoneName(style.zone);
  const offset = name === UTC ? "" : ` (${offsetText(inZone(at, style.zone).offset)})`;
  return `${dayText(at, style)}, ${secondsText(at, style)} ${name}${offset}`;
}

function clockOf(
  at: Date,
  { zone, clock }: DateStyle,
  rest: (time: { minute: number; second: number }) => string,
): string {
  const time = inZone(at, zone);
  if (clock === "24h") return `${pad(time.hour)}:${rest(time)}`;
  return `${time.hour % 12 || 12}:${rest(time)}\u00A0${time.hour < 12 ? "am" : "pm"}`;
}

/** A date never breaks over lines. */
function unbroken(text: string): string {
  return text.replaceAll(" ", "\u00A0");
}

function calendarDate(date: Date | string): string {
  return typeof date === "string" ? date : dayOf(date);
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}
