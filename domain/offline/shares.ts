import type { Grant } from "@/domain/consumption/quota";
import { type Month, monthEnd, monthStart } from "@/domain/month";

/**
 * What an open checkout reserves for its source, of one allotment. `used` is what the source uses of it: its live
 * seats, or the minutes it booked in the month in question.
 */
export type Share = { source: string; units: number; used: number; since: Date; until: Date };

/** The shares of one source, of which the largest counts: its files belong to one site. */
export type Promised = { source: string; units: number; used: number };

/** The units of an allotment that are available to a source, and how many of them are taken. */
export type Room = { units: number; live: number };

/** The shares reserved now; for minutes, in the month. */
export function promisedAt(shares: readonly Share[], now: Date, month?: Month): Promised[] {
  const bySource = new Map<string, Promised>();
  for (const { source, units, used, since, until } of shares) {
    if (until <= now || (month && !touches(since, until, month))) continue;
    const known = bySource.get(source);
    bySource.set(source, { source, used, units: Math.max(units, known?.units ?? 0) });
  }
  return [...bySource.values()];
}

/** The unused parts of other sources' shares. A used-up share reserves nothing. */
export function reservedFrom(source: string | null, promised: readonly Promised[]): number {
  return promised.reduce(
    (sum, share) => (share.source === source ? sum : sum + Math.max(0, share.units - share.used)),
    0,
  );
}

/** A source with a share has exactly that; the others have what no share reserves. */
export function roomFor(source: string | null, room: Room, promised: readonly Promised[]): Room {
  const own = promised.find((share) => share.source === source);
  if (own) return { units: own.units, live: own.used };
  return { units: room.units, live: room.live + reservedFrom(source, promised) };
}

/** The month's grant for others if so many minutes are reserved: reduces quota first, then overage. */
export function grantWithout(grant: Grant, reserved: number): Grant {
  if (reserved === 0) return grant;
  const { quota, overage } = grant;
  const rest = Math.max(0, reserved - quota);
  return {
    quota: Math.max(0, quota - reserved),
    overage: overage === "YES" ? overage : Math.max(0, overage - rest),
  };
}

function touches(since: Date, until: Date, month: Month): boolean {
  return monthStart(month) < until && since < monthEnd(month);
}
