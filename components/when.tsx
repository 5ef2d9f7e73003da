import { DAY, type Month, monthStart } from "@/domain/month";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `23 Aug 2026`, in UTC, on one line. */
export function Day({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{dayInWords(at)}</time>;
}

/** `2 min ago` up to a week, then `23 Aug 2026, 14:03`; the exact moment in its title. */
export function When({ at, now }: { at: Date; now: Date }) {
  return (
    <time dateTime={at.toISOString()} title={`${at.toISOString().replace("T", " ").slice(0, 19)} UTC`}>
      {momentInWords(at, now)}
    </time>
  );
}

export function dayInWords(at: Date): string {
  return `${at.getUTCDate()}\u00A0${MONTHS[at.getUTCMonth()]}\u00A0${at.getUTCFullYear()}`;
}

/** `August 2026`. */
export function monthInWords(month: Month): string {
  return new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    monthStart(month),
  );
}

function momentInWords(at: Date, now: Date): string {
  const age = now.getTime() - at.getTime();
  if (age < 0 || age >= 7 * DAY) return `${dayInWords(at)}, ${at.toISOString().slice(11, 16)}`;
  if (age < MINUTE) return "just now";
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  return age < DAY ? `${Math.floor(age / HOUR)} h ago` : `${Math.floor(age / DAY)} d ago`;
}
