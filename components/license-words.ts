import type { LicenseStanding } from "@/domain/lease";
import type { LicenseState } from "@/domain/license-state";
import { DAY } from "@/domain/month";
import { parseValidity } from "@/domain/validity";
import { count } from "./numbers";
import { dayInWords } from "./when";

type Terms = {
  status: "active" | "suspended" | "revoked";
  standing: LicenseStanding;
  valid: string;
  trial: boolean;
  settings: { graceDays: number };
};

/** What a license is, apart from its use: `state` is the badge it wears, null for plain words. */
export function licenseWords(terms: Terms): { words: string; state: LicenseState | null } {
  const { status, standing, trial } = terms;
  if (status === "revoked") return { words: "Revoked", state: "revoked" };
  if (status === "suspended") return { words: "Suspended", state: "suspended" };
  if (standing === "expired") return { words: "Expired", state: "expired" };
  if (standing === "grace") return { words: `In grace, ${graceEnd(terms)}`, state: "expired" };
  if (standing === "not-yet-valid") return { words: "Not valid yet", state: null };
  if (standing === "expiring") return { words: trial ? "Trial, ends soon" : "Ends soon", state: "near" };
  return { words: trial ? "Trial" : "Active", state: null };
}

/** `to 31 Dec 2026`, `from 1 Jan 2027 to 31 Dec 2027`, `without end`. */
export function validityWords(valid: string): string {
  const interval = parseValidity(valid);
  if (!interval) return "unreadable";
  const to = interval.to ? `to ${dayInWords(lastDay(interval.to))}` : "without end";
  return interval.from ? `${dayInWords(interval.from)} ${to}` : to;
}

/** `130 days left`, `ended 12 days ago`, `begins in 3 days`; empty when it has no end. */
export function timeLeft(valid: string, now: Date): string {
  const interval = parseValidity(valid);
  if (!interval) return "";
  if (interval.from && now < interval.from) return `begins in ${daysBetween(now, interval.from)}`;
  if (!interval.to) return "";
  return now < interval.to
    ? `${daysBetween(now, interval.to)} left`
    : `ended ${daysBetween(interval.to, now)} ago`;
}

function graceEnd({ valid, settings }: Terms): string {
  const end = parseValidity(valid)?.to;
  return end ? `to ${dayInWords(lastDay(new Date(end.getTime() + settings.graceDays * DAY)))}` : "";
}

/** The end of a validity is the midnight after its last day. */
function lastDay(end: Date): Date {
  return new Date(end.getTime() - 1);
}

function daysBetween(from: Date, to: Date): string {
  const days = Math.ceil((to.getTime() - from.getTime()) / DAY);
  return days === 1 ? "1 day" : `${count(days)} days`;
}
