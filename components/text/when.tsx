import { type Month, monthStart } from "@/domain/month";
import { ExactMoment, Moment } from "./moment";
import { dayIn } from "./moment-labels";

/** The day of a moment, `23 Aug 2026`, in UTC, on one line. */
export function Day({ at }: { at: Date }) {
  return <ExactMoment at={at}>{dayText(at)}</ExactMoment>;
}

/** `2 min ago` up to a week, then `23 Aug 2026, 14:03` in the reader's zone; the exact moment in its title. */
export function When({ at, now }: { at: Date; now: Date }) {
  return <Moment at={at} now={now} />;
}

export function dayText(at: Date): string {
  return dayIn(at, "UTC");
}

/** `23 Aug`, for a day of this month or one near it. */
export function shortDay(at: Date): string {
  return dayText(at).split("\u00A0").slice(0, 2).join("\u00A0");
}

/** `August 2026`. */
export function monthText(month: Month): string {
  return new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    monthStart(month),
  );
}
