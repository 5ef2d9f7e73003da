import type { Grant } from "@/domain/consumption/quota";
import { type Month, monthEnd, monthStart } from "@/domain/month";

/**
 * What a checkout that is out promises to its source alone, of one allotment. `used` is what the source has of it: its
 * live seats, or what it booked in the month that is looked at.
 */
export type Share = { source: string; units: number; used: number; since: Date; until: Date };

/** The shares of one source, of which the greatest counts: its files are of one site. */
export type Promised = { source: string; units: number; used: number };

/** How many of a pool's units there are for a source, and how many of them are taken. */
export type Room = { units: number; live: number };

/** What is promised now; for minutes, of the month. */
export function promisedAt(shares: readonly Share[], now: Date, month?: Month): Promised[] {
  const bySource = new Map<string, Promised>();
  for (const { source, units, used, since, until } of shares) {
    if (until <= now || (month && !touches(since, until, month))) continue;
    const known = bySource.get(source);
    bySource.set(source, { source, used, units: Math.max(units, known?.units ?? 0) });
  }
  return [...bySource.values()];
}

/** What sources other than this one have left of their shares. A share that is used up reserves nothing. */
export function reservedFrom(source: string | null, promised: readonly Promised[]): number {
  return promised.reduce(
    (sum, share) => (share.source === source ? sum : sum + Math.max(0, share.units - share.used)),
    0,
  );
}

/** A source with a share has that and nothing else; the others have what no share reserves. */
export function roomFor(source: string | null, room: Room, promised: readonly Promised[]): Room {
  const own = promised.find((share) => share.source === source);
  if (own) return { units: own.units, live: own.used };
  return { units: room.units, live: room.live + reservedFrom(source, promised) };
}

/** What a month grants to those for whom so many minutes are reserved from it: less quota first, then less overage. */
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
