import { type DateStyle, dateText } from "@/domain/dates/date-style";
import type { ValidityStatus } from "@/domain/licenses/lease";
import type { LicenseState } from "@/domain/licenses/license-state";
import { parseValidity } from "@/domain/licenses/validity";
import { DAY } from "@/domain/month";
import { counted } from "./numbers";

type Terms = {
  status: "active" | "suspended" | "revoked";
  standing: ValidityStatus;
  valid: string;
  trial: boolean;
  settings: { graceDays: number };
};

/** The status of a license apart from its usage; `state` is its badge, null for plain text. */
export function licenseLabel(terms: Terms, dates: DateStyle): { words: string; state: LicenseState | null } {
  const { status, standing, trial } = terms;
  if (status === "revoked") return { words: "Revoked", state: "revoked" };
  if (status === "suspended") return { words: "Suspended", state: "suspended" };
  if (standing === "expired") return { words: expiredText(terms.valid, dates), state: "expired" };
  if (standing === "grace") return { words: "In grace", state: "expired" };
  if (standing === "not-yet-valid") return { words: "Not valid yet", state: null };
  if (standing === "expiring") return { words: trial ? "Trial, ends soon" : "Ends soon", state: "near" };
  return { words: trial ? "Trial" : "Active", state: null };
}

/** A text such as `Expired 30 Jun 2026`, with the last day of the validity; just `Expired` if that can't be read. */
export function expiredText(valid: string, dates: DateStyle): string {
  const to = parseValidity(valid)?.to;
  return to ? `Expired ${dateText(lastDay(to), dates)}` : "Expired";
}

export const NO_END = "no end date";

/** A validity as `to 31 Dec 2026`, `1 Jan 2027 to 31 Dec 2027`, `from 1 Jan 2027` or `no end date`. */
export function validityText(valid: string, dates: DateStyle): string {
  const interval = parseValidity(valid);
  if (!interval) return "unreadable";
  const { from, to } = interval;
  if (!to) return from ? `from ${dateText(from, dates)}` : NO_END;
  return `${from ? `${dateText(from, dates)} ` : ""}to ${dateText(lastDay(to), dates)}`;
}

/**
 * The remaining time: `130 days left`, `ended 12 days ago, grace to 14 Jan 2027`, `begins in 3 days`; empty without an
 * end.
 */
export function timeLeft(terms: Terms, now: Date, dates: DateStyle): string {
  const interval = parseValidity(terms.valid);
  if (!interval) return "";
  if (interval.from && now < interval.from) return `begins in ${daysBetween(now, interval.from)}`;
  if (!interval.to) return "";
  if (now < interval.to) return `${daysBetween(now, interval.to)} left`;
  const ended = endedWords(now.getTime() - interval.to.getTime());
  return terms.standing === "grace" ? `${ended}, grace to ${graceEnd(interval.to, terms, dates)}` : ended;
}

function graceEnd(end: Date, { settings }: Terms, dates: DateStyle): string {
  return dateText(lastDay(new Date(end.getTime() + settings.graceDays * DAY)), dates);
}

/** A validity ends at the midnight after its last day. */
function lastDay(end: Date): Date {
  return new Date(end.getTime() - 1);
}

/** Remaining days are rounded up, past days down. */
function daysBetween(from: Date, to: Date): string {
  return counted(Math.ceil((to.getTime() - from.getTime()) / DAY), "day");
}

function endedWords(age: number): string {
  return age < DAY ? "ended today" : `ended ${counted(Math.floor(age / DAY), "day")} ago`;
}
