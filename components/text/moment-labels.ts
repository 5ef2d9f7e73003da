import { DAY } from "@/domain/month";
import { counted } from "./numbers";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A day in a zone as `23 Aug 2026`, without line breaks. */
export function dayIn(at: Date, zone: string): string {
  const { day, month, year } = partsIn(at, zone);
  return `${day}\u00A0${month}\u00A0${year}`;
}

/** A moment as `2 min ago` up to a week, then `23 Aug 2026, 14:03` in a zone. */
export function momentIn(at: Date, now: Date, zone: string): string {
  const age = now.getTime() - at.getTime();
  if (age < 0 || age >= 7 * DAY) return `${dayIn(at, zone)}, ${clockIn(at, zone)}`;
  if (age < MINUTE) return "just now";
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  return age < DAY ? `${Math.floor(age / HOUR)} h ago` : `${Math.floor(age / DAY)} d ago`;
}

/** A time of day in a zone as `14:03`. */
export function clockIn(at: Date, zone: string): string {
  const { hour, minute } = partsIn(at, zone);
  return `${hour}:${minute}`;
}

/** The age of data as `6 minutes old`. */
export function ageText(ms: number): string {
  if (ms < MINUTE) return "less than a minute old";
  if (ms < HOUR) return `${counted(Math.floor(ms / MINUTE), "minute")} old`;
  return ms < DAY
    ? `${counted(Math.floor(ms / HOUR), "hour")} old`
    : `${counted(Math.floor(ms / DAY), "day")} old`;
}

/** A moment in a zone as `2026-08-23 14:03:07`. */
export function exactlyIn(at: Date, zone: string): string {
  const exact = new Intl.DateTimeFormat("sv", {
    ...{ dateStyle: "short", timeStyle: "medium" },
    timeZone: zone,
  });
  return exact.format(at);
}

/** The city of a zone: `Berlin` for `Europe/Berlin`. */
export function zoneText(zone: string): string {
  return zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(at: Date, zone: string): Record<string, string> {
  const format = formats.get(zone) ?? formatIn(zone);
  formats.set(zone, format);
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

function formatIn(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en", {
    ...{ day: "numeric", month: "short", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    timeZone: zone,
  });
}
