import { addDays, addMonths, dayOf, monthOf, monthStart } from "@/domain/month";

/** How often a rule runs: each day, each Monday, or on the first day of each month. */
export const RUN_INTERVALS = ["day", "week", "month"] as const;
export type RunInterval = (typeof RUN_INTERVALS)[number];

export function isRunInterval(value: unknown): value is RunInterval {
  return RUN_INTERVALS.some((interval) => interval === value);
}

/** Runs start an hour before the daily mails. */
const RUN_HOUR = 6;
const MONDAY = 1;

/** The last moment at or before now at which a rule runs. */
export function lastSlot(every: RunInterval, now: Date): Date {
  const day = slotDay(every, now);
  return slotOn(day) <= now ? slotOn(day) : slotOn(dayBefore(day, every));
}

/** The first moment after now at which a rule runs. */
export function nextSlot(every: RunInterval, now: Date): Date {
  const last = dayOf(lastSlot(every, now));
  if (every === "month") return slotOn(`${addMonths(last.slice(0, 7), 1)}-01`);
  return slotOn(addDays(last, every === "week" ? 7 : 1));
}

/**
 * The moment whose run is due now; null if there is none. One run makes up for all that a downtime left out, and a rule
 * never runs for a moment before it was turned on.
 */
export function dueSlot(
  { every, since }: { every: RunInterval; since: Date },
  lastRun: Date | null,
  now: Date,
): Date | null {
  const slot = lastSlot(every, now);
  return slot > since && (lastRun === null || slot > lastRun) ? slot : null;
}

/** The day of the week's, month's or today's run, which may still be ahead today. */
function slotDay(every: RunInterval, now: Date): string {
  if (every === "day") return dayOf(now);
  if (every === "month") return dayOf(monthStart(monthOf(now)));
  return addDays(dayOf(now), -((now.getUTCDay() - MONDAY + 7) % 7));
}

function dayBefore(day: string, every: RunInterval): string {
  if (every === "month") return `${addMonths(day.slice(0, 7), -1)}-01`;
  return addDays(day, every === "week" ? -7 : -1);
}

function slotOn(day: string): Date {
  return new Date(`${day}T0${RUN_HOUR}:00:00.000Z`);
}
