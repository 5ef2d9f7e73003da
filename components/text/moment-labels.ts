import { type DateStyle, momentText, zonedText } from "@/domain/dates/date-style";
import { DAY } from "@/domain/month";
import { counted } from "./numbers";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A moment as `2 min ago` up to a week, then `23 Aug 2026, 14:03`. With `isNamed` that has its zone, for sentences. */
export function momentLabel(at: Date, now: Date, dates: DateStyle, isNamed = false): string {
  const age = now.getTime() - at.getTime();
  if (age < 0 || age >= 7 * DAY) return isNamed ? zonedText(at, dates) : momentText(at, dates);
  if (age < MINUTE) return "just now";
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  return age < DAY ? `${Math.floor(age / HOUR)} h ago` : `${Math.floor(age / DAY)} d ago`;
}

/** The age of data as `6 minutes old`. */
export function ageText(ms: number): string {
  if (ms < MINUTE) return "less than a minute old";
  if (ms < HOUR) return `${counted(Math.floor(ms / MINUTE), "minute")} old`;
  return ms < DAY
    ? `${counted(Math.floor(ms / HOUR), "hour")} old`
    : `${counted(Math.floor(ms / DAY), "day")} old`;
}
