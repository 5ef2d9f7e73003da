import { addDays, DAY, dayOf } from "./month";

/** A UTC day, and whether a deployment called on it; null if that wasn't recorded yet. */
export type ContactDay = { day: string; called: boolean | null };

/** The number of days shown. */
export const CONTACT_DAYS = 14;

/** The `contacts` of a deployment that never called: logs of it were uploaded, which isn't a contact. */
export const NEVER_CALLED = 1;

/**
 * The last 14 UTC days, oldest first. In `contacts` the lowest bit is the day of the last call, each higher bit the
 * day before; the highest bit that is set marks the day before recording started.
 */
export function contactDays(contacts: number, lastSeen: Date, now: Date): ContactDay[] {
  const today = dayOf(now);
  const silent = Math.max(0, (Date.parse(today) - Date.parse(dayOf(lastSeen))) / DAY);
  const recorded = 31 - Math.clz32(contacts);
  const calledOn = (back: number) => (back >= recorded ? null : back >= 0 && ((contacts >> back) & 1) === 1);
  return Array.from({ length: CONTACT_DAYS }, (_, nth) => {
    const ago = CONTACT_DAYS - 1 - nth;
    return { day: addDays(today, -ago), called: calledOn(ago - silent) };
  });
}
