import { type Month, monthStart } from "@/domain/month";
import { Moment, MomentDay, MomentSecond, PlainDate } from "./moment";

/** The day of a moment in the person's zone, as `23 Aug 2026` or in the person's form, without line breaks. */
export function Day({ at }: { at: Date }) {
  return <MomentDay at={at} />;
}

/**
 * A moment as `2 min ago` up to a week, then `23 Aug 2026, 14:03` in the person's zone, which `isNamed` adds; its title
 * has the exact time.
 */
export function When({ at, now, isNamed }: { at: Date; now: Date; isNamed?: boolean }) {
  return <Moment at={at} now={now} isNamed={isNamed} />;
}

/** A moment to the second, as `23 Aug 2026, 14:03:07`; `isExact` adds the zone. */
export function Second({ at, isExact }: { at: Date; isExact?: boolean }) {
  return <MomentSecond at={at} isExact={isExact} />;
}

/** A calendar date `YYYY-MM-DD` in the person's form; it is the same in every zone. */
export function CalendarDate({ date }: { date: string }) {
  return <PlainDate date={date} />;
}

/** A month as `August 2026`. */
export function monthText(month: Month): string {
  return new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" }).format(
    monthStart(month),
  );
}
