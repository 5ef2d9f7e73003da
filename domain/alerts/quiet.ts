import { DAY } from "@/domain/month";
import type { Condition } from "./alert";

/** After so many days without a call a deployment isn't expected back. */
const GONE_DAYS = 60;

/** Whether a deployment has been silent for so many whole days; one that is long gone no longer is. */
export function quietFor(lastSeen: Date, days: number, now: Date): Condition["state"] {
  const age = now.getTime() - lastSeen.getTime();
  if (age > GONE_DAYS * DAY) return "off";
  return age >= days * DAY ? "on" : "off";
}

/** The earliest last call of a deployment that can still be silent. */
export function goneBefore(now: Date): Date {
  return new Date(now.getTime() - GONE_DAYS * DAY);
}
