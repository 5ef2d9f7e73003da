import { type Month, monthStart } from "@/domain/month";
import { ExactMoment, Moment } from "./moment";
import { dayIn } from "./moment-labels";

/** A day in UTC as `23 Aug 2026`, without line breaks. */
export function Day({ at }: { at: Date }) {
  return <ExactMoment at={at}>{dayText(at)}</ExactMoment>;
}

/**
 * A moment as `2 min ago` up to a week, then `23 Aug 2026, 14:03` in the reader's zone; its title has the exact time.
 */
export function When({ at, now }: { at: Date; now: Date }) {
  return <Moment at={at} now={now} />;
}

export function dayText(at: Date): string {
  return dayIn(at, "UTC");
}

/** A day as `23 Aug`, if its year is obvious. */
export function shortDay(at: Date): string {
  return dayText(at).split("\u00A0").slice(0, 2).join("\u00A0");
}

/** A month as `August 2026`. */
export function monthText(month: Month): string {
  return new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    monthStart(month),
  );
}
