import { addDays, DAY, dayOf } from "@/domain/month";
import type { Role } from "@/domain/roles";

/** How a person hears of alerts by e-mail. */
export const MAIL_CHOICES = ["immediate", "daily", "weekly", "off"] as const;
export type MailChoice = (typeof MAIL_CHOICES)[number];

/** The hour of digests, in UTC; the weekly one comes on Mondays. */
const DIGEST_HOUR = 7;
const MONDAY = 1;

/** The choice of a person who made none: auditors only look on. */
export function defaultMailChoice(role: Role): MailChoice {
  return role === "auditor" ? "off" : "daily";
}

/** When an alert of now is mailed; null for never. */
export function mailDue(choice: MailChoice, now: Date): Date | null {
  if (choice === "off") return null;
  if (choice === "immediate") return now;
  const today = new Date(`${dayOf(now)}T0${DIGEST_HOUR}:00:00.000Z`);
  const next = today > now ? today : new Date(today.getTime() + DAY);
  if (choice === "daily") return next;
  const days = (MONDAY - next.getUTCDay() + 7) % 7;
  return new Date(`${addDays(dayOf(next), days)}T0${DIGEST_HOUR}:00:00.000Z`);
}

export function isMailChoice(value: unknown): value is MailChoice {
  return MAIL_CHOICES.some((choice) => choice === value);
}
