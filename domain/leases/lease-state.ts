import { type MinuteLease, reservedBy } from "@/domain/leases/lease-rules";
import { type Month, monthEnd } from "@/domain/month";

/** A minute lease as admins see it. An ended one still keeps its minutes from others. */
export type LeaseState = "open" | "ended" | "released";

/** `ended` means that nobody can spend it any more: it expired, its source began a later run, or the month has ended. */
export function leaseState(
  lease: { state: "open" | "released" | "copied"; superseded: boolean; expires: Date; month: Month },
  now: Date,
): LeaseState {
  if (lease.state === "released") return "released";
  const isOver = lease.superseded || lease.expires <= now || monthEnd(lease.month) <= now;
  return isOver ? "ended" : "open";
}

/** The minutes that a lease keeps from others: none once its month has ended. */
export function reservedAt(
  lease: Pick<MinuteLease, "granted" | "booked" | "state"> & { month: Month },
  now: Date,
): number {
  return monthEnd(lease.month) <= now ? 0 : reservedBy(lease);
}

/** What an admin has to know before releasing minutes. */
export function releaseSentence(minutes: number): string {
  if (minutes === 0) return "The lease holds no unused minutes.";
  return `If the deployment still uses these minutes, or has used them and not reported yet, the month can end up to ${minutes.toLocaleString("en")} above its cap.`;
}

/** What an owner has to know before ending a hold. */
export const END_HOLD_SENTENCE =
  "Minutes that deployments reserved before the restore, and that this server no longer knows of, can then be reserved a second time: months can end above their caps.";
