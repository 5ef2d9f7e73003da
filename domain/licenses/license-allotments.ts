import { type Crossing, expectedTotal, nextCrossing, type Pace } from "@/domain/consumption/forecast";
import { monthGrant, monthStatus } from "@/domain/consumption/quota";
import { dayOf, monthOf } from "@/domain/month";
import { type Allotment, type Era, nameKey, type Overage, unitsInForce } from "./definition";
import { validityStatus } from "./lease";
import { type LicenseState, seatState, timeState, worstState } from "./license-state";

/** How many users hold a seat of an allotment now. */
export type SeatAllotment = {
  class: "assigned";
  name: string;
  live: number;
  units: number;
  /** Seats that checkouts reserve, beside those that are held. */
  reserved: number;
  state: LicenseState;
  /** Whether the definition in force no longer has the allotment: nobody can be assigned, and all users are in excess. */
  isDropped: boolean;
};

/** The usage of a time allotment in a month. */
export type TimeAllotment = {
  class: "time";
  name: string;
  total: number;
  quota: number;
  overage: Overage;
  /** Minutes that checkouts reserve, beside those that were used. */
  reserved: number;
  remaining: number | null;
  denied: boolean;
  /** Whether the license and its grace days ended: then access is denied whatever is left. */
  hasEnded: boolean;
  /** The limit that usage reaches next this month, at its pace. */
  crossing: Crossing | null;
  /** The total at which the month is expected to end; null where it is too early to tell. */
  expected: number | null;
  state: LicenseState;
};

export type LicenseAllotment = SeatAllotment | TimeAllotment;

/** What is counted of an allotment now, of its minutes in the current month; `key` is that of its name. */
export type AllotmentCounts = {
  key: string;
  name: string;
  live: number;
  total: number;
  reserved: number;
  pace: Pace | null;
};

type Terms = { eras: Era[]; graceDays: number };

/** The allotments of the definition in force, then those that it dropped with seats still held. */
export function licenseAllotments(
  counts: readonly AllotmentCounts[],
  terms: Terms,
  now: Date,
): LicenseAllotment[] {
  const allotments = terms.eras.at(-1)?.definition.allotments ?? [];
  const byKey = new Map(counts.map((counted) => [counted.key, counted]));
  const inForce = allotments.map((allotment) => {
    const { live = 0, total = 0, reserved = 0, pace = null } = byKey.get(nameKey(allotment.name)) ?? {};
    return allotment.usage.class === "assigned"
      ? seatAllotment(allotment, live, now, reserved)
      : timeAllotment(allotment, { total, pace, reserved }, terms, now);
  });
  const known = new Set(allotments.map(({ name }) => nameKey(name)));
  const dropped = counts.filter(({ key, live }) => live > 0 && !known.has(key));
  return [...inForce, ...dropped.map(({ name, live }) => droppedAllotment(name, live))];
}

/** A seat allotment with the units in force now. */
export function seatAllotment(allotment: Allotment, live: number, now: Date, reserved = 0): SeatAllotment {
  const units = unitsInForce(allotment, now);
  return {
    class: "assigned",
    name: allotment.name,
    live,
    units,
    reserved,
    state: seatState(live, units),
    isDropped: false,
  };
}

/** A seat allotment with seats held, though the definition in force doesn't have it. */
function droppedAllotment(name: string, live: number): SeatAllotment {
  return { class: "assigned", name, live, units: 0, reserved: 0, state: seatState(live, 0), isDropped: true };
}

/** A time allotment in the current month, under the definitions that were in force in it. */
export function timeAllotment(
  { name }: Allotment,
  { total, pace, reserved = 0 }: { total: number; pace: Pace | null; reserved?: number },
  { eras, graceDays }: Terms,
  now: Date,
): TimeAllotment {
  const license = validityStatus(eras.at(-1)?.definition.valid ?? "", now, graceDays);
  const grant = monthGrant(eras, name, monthOf(now));
  const { remaining, state, denied } = monthStatus(grant, total, license);
  const crossing = nextCrossing(grant, total, pace, dayOf(now));
  return {
    class: "time",
    name,
    total,
    quota: grant.quota,
    overage: grant.overage,
    reserved,
    remaining,
    denied,
    hasEnded: state === "ended",
    crossing,
    expected: expectedTotal(total, pace, dayOf(now)),
    state: timeState(grant, total, crossing !== null),
  };
}

/** The allotment in the worst state; among equals the fullest. Undefined if there is none. */
export function worstAllotment(pools: readonly LicenseAllotment[]): LicenseAllotment | undefined {
  const worst = worstState(pools.map(({ state }) => state));
  return pools.filter(({ state }) => state === worst).toSorted((a, b) => shareUsed(b) - shareUsed(a))[0];
}

/** The share of the grant that is used; 1 is all of it. */
export function shareUsed(pool: LicenseAllotment): number {
  const [used, limit] = pool.class === "assigned" ? [pool.live, pool.units] : [pool.total, pool.quota];
  return used / Math.max(1, limit);
}
