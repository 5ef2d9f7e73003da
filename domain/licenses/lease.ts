import { DAY } from "@/domain/month";
import { parseValidity } from "./validity";

export type ValidityStatus = "active" | "expiring" | "grace" | "expired" | "not-yet-valid";

export type LeaseTerms = { leaseDays: number; graceDays: number };

const EXPIRING_DAYS = 30;

/** The status of a license by its validity: `expiring` with fewer than 30 days left; `expired` also if unreadable. */
export function validityStatus(valid: string, now: Date, graceDays: number): ValidityStatus {
  const interval = parseValidity(valid);
  if (!interval) return "expired";
  if (interval.from && now < interval.from) return "not-yet-valid";
  if (!interval.to) return "active";
  const left = interval.to.getTime() - now.getTime();
  if (left > 0) return left < EXPIRING_DAYS * DAY ? "expiring" : "active";
  return left + graceDays * DAY > 0 ? "grace" : "expired";
}

/** Whether new assignments are accepted now: while the license is valid and in the grace days after it. */
export function acceptsAssignments(valid: string, now: Date, graceDays: number): boolean {
  const standing = validityStatus(valid, now, graceDays);
  return standing === "active" || standing === "expiring" || standing === "grace";
}

/**
 * How long a deployment may run on the response it gets now: `leaseDays` from now, but never beyond the end of
 * validity and grace days, so it lies in the past for an expired license. An unreadable validity gives no lease.
 */
export function leaseEnd(valid: string, now: Date, { leaseDays, graceDays }: LeaseTerms): Date {
  const interval = parseValidity(valid);
  if (!interval) return now;
  const lease = new Date(now.getTime() + leaseDays * DAY);
  if (!interval.to) return lease;
  const last = new Date(interval.to.getTime() + graceDays * DAY);
  return last < lease ? last : lease;
}
