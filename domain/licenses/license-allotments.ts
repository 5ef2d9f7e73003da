import { type Crossing, nextCrossing, type Pace } from "@/domain/consumption/forecast";
import { monthGrant, monthStatus } from "@/domain/consumption/quota";
import { dayOf, monthOf } from "@/domain/month";
import { type Allotment, type Era, type Overage, unitsInForce } from "./definition";
import { validityStatus } from "./lease";
import { type LicenseState, seatState, timeState, worstState } from "./license-state";

/** How many people hold a seat of a pool now. */
export type SeatAllotment = {
  class: "assigned";
  name: string;
  live: number;
  units: number;
  /** Seats that checkouts reserve beside those that are held. */
  reserved: number;
  state: LicenseState;
  /** Whether the definition in force does not have it any more: nobody can be assigned, and all who are are in excess. */
  isDropped: boolean;
};

/** What was used of a pool of minutes in a month. */
export type TimeAllotment = {
  class: "time";
  name: string;
  total: number;
  quota: number;
  overage: Overage;
  /** Minutes that checkouts reserve beside those that were used. */
  reserved: number;
  remaining: number | null;
  denied: boolean;
  /** Whether the license ended, with its grace days: then access is denied whatever is left. */
  hasEnded: boolean;
  /** What its use comes to next this month, at its pace. */
  crossing: Crossing | null;
  state: LicenseState;
};

export type LicenseAllotment = SeatAllotment | TimeAllotment;

/** A pool of seats with the units in force now. */
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

/** A pool of seats that are held though the definition in force does not have it. */
export function droppedAllotment(name: string, live: number): SeatAllotment {
  return { class: "assigned", name, live, units: 0, reserved: 0, state: seatState(live, 0), isDropped: true };
}

/** A pool of minutes in the month that it is, under the definitions that were in force in it. */
export function timeAllotment(
  { name }: Allotment,
  { total, pace, reserved = 0 }: { total: number; pace: Pace | null; reserved?: number },
  { eras, graceDays }: { eras: Era[]; graceDays: number },
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
    ...grant,
    reserved,
    remaining,
    denied,
    hasEnded: state === "ended",
    crossing,
    state: timeState(grant, total, crossing !== null),
  };
}

/** The pool that stands worst; among equals the fullest. Undefined when there is none. */
export function worstAllotment(pools: readonly LicenseAllotment[]): LicenseAllotment | undefined {
  const worst = worstState(pools.map(({ state }) => state));
  return pools.filter(({ state }) => state === worst).toSorted((a, b) => shareUsed(b) - shareUsed(a))[0];
}

/** How much of what is granted is used; 1 is all of it. */
export function shareUsed(pool: LicenseAllotment): number {
  const [used, limit] = pool.class === "assigned" ? [pool.live, pool.units] : [pool.total, pool.quota];
  return used / Math.max(1, limit);
}
