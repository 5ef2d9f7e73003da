import { type DateStyle, readStyle } from "@/domain/dates/date-style";
import { store } from "@/server/store/store";

type Stored = { timeZone?: string | null; dateForm?: string | null; clock?: string | null };

/** Sets how dates and times are shown to a person, in the console and in mails. */
export async function chooseDateStyle(userId: string, style: DateStyle, now: Date): Promise<void> {
  const { zone: timeZone, dateForm, clock } = style;
  await store().db.user.update({
    where: { id: userId },
    data: { timeZone, dateForm, clock, updatedAt: now },
  });
}

/** The style in a person's row. Servers know different time zones, so one that was saved by one may be unknown to another. */
export function readStored({ timeZone = null, dateForm = null, clock = null }: Stored): {
  style: DateStyle;
  unknownZone: string | null;
} {
  const style = readStyle({ zone: timeZone, dateForm, clock });
  return { style, unknownZone: timeZone === null || timeZone === style.zone ? null : timeZone };
}

/** The style of the person with an address; that of nobody in particular if there is none. */
export async function dateStyleOf(email: string): Promise<DateStyle> {
  const row = await store().db.user.findUnique({ where: { email } });
  return readStored(row ?? {}).style;
}
