import { SILENT_MS } from "@/domain/deployment-pulse";
import { addDays, DAY, dayOf } from "@/domain/month";
import type { ReclaimRule } from "./reclaim-rule";

/** What is known of the use of a seat. Days are UTC days. */
export type KnownUse = {
  /** The day on which this server received the seat; never the `created` that its source sent. */
  received: string;
  lastUsed: string | null;
  /** The day on which an undo restored it, which counts as use. */
  restored: string | null;
  /**
   * When a deployment that reports the use of this seat last synced; null if none does. A deployment can keep its users
   * working for `leaseDays` after that.
   */
  heard: Date | null;
};

/** Why a seat can be released: it was never used since it was added, or not for long. */
export const RECLAIM_REASONS = ["never-used", "idle"] as const;
export type ReclaimReason = (typeof RECLAIM_REASONS)[number];

/**
 * Why a seat is kept: its use isn't reported; it is new; it was used, or restored by an undo; or its deployment is
 * silent, so that nobody knows.
 */
export type KeptReason = "unreported" | "new" | "used" | "silent";

/** Whether a rule releases a seat, and why or why not. */
export type SeatUse = { due: ReclaimReason } | { kept: KeptReason };

type Terms = Pick<ReclaimRule, "idleDays" | "graceDays"> & {
  /** How long a deployment works on without reaching the server. */
  leaseDays: number;
};

/** The use of a seat under a rule. In doubt a seat is kept. */
export function seatUse(known: KnownUse, terms: Terms, now: Date): SeatUse {
  const { received, lastUsed, heard } = known;
  if (heard === null) return { kept: "unreported" };
  if (received > daysBefore(terms.graceDays, now)) return { kept: "new" };
  const days = lastUsed === null ? terms.graceDays : terms.idleDays;
  const since = daysBefore(days, now);
  if (quietSince(known) > since) return { kept: "used" };
  if (mayHideUse(heard, since, terms.leaseDays, now)) return { kept: "silent" };
  return { due: lastUsed === null ? "never-used" : "idle" };
}

/** The last day on which a seat was used, added or restored. */
export function quietSince({ received, lastUsed, restored }: Omit<KnownUse, "heard">): string {
  const last = lastUsed ?? received;
  return restored !== null && restored > last ? restored : last;
}

/** Whether a silent deployment may have users since that day whose use it hasn't reported yet. */
function mayHideUse(heard: Date, since: string, leaseDays: number, now: Date): boolean {
  if (now.getTime() - heard.getTime() <= SILENT_MS) return false;
  return dayOf(new Date(heard.getTime() + leaseDays * DAY)) > since;
}

function daysBefore(days: number, now: Date): string {
  return addDays(dayOf(now), -days);
}
