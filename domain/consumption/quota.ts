import {
  allotmentNamed,
  type Definition,
  type Era,
  type Overage,
  type Units,
} from "@/domain/licenses/definition";
import type { ValidityStatus } from "@/domain/licenses/lease";
import { contains, type Interval, parseValidity } from "@/domain/licenses/validity";
import { type Month, monthEnd, monthStart } from "@/domain/month";

/** The grant of one month; overage 0 means none. */
export type Grant = { quota: number; overage: Overage };

export type QuotaStatus = "within" | "overage" | "exceeded";

/** The status of a month of one license: `ended` after its validity and grace days, whatever was used. */
export type MonthState = QuotaStatus | "ended";

export type MonthStatus = { remaining: number | null; state: MonthState; denied: boolean };

/**
 * The part of a month, [from, to), in which one definition was in force. `definition` is the one that counts: a later
 * one if `inForce` was corrected before the month ended.
 */
export type Span = { from: Date; to: Date; inForce: Definition; definition: Definition };

/** The limit per license; reports can name any number of months. */
const MOST_KNOWN = 1000;
const NOTHING: Grant = { quota: 0, overage: 0 };

type Moment = { at: Date; grant: Grant };
/** The moments of a month at which a grant can rise, and the grant of all of it. */
type Grants = { moments: Moment[]; whole: Readonly<Grant> };

/** Cached results of a license's eras, which never change: every element of a report needs them. */
const known = new WeakMap<readonly Era[], Map<string, Grants>>();

/**
 * Quota and overage of a month come from one moment: the one with the largest cap, among equals with the largest
 * quota. Only moments with units in force count; without any, both are 0. Eras must be sorted, oldest first.
 */
export function monthGrant(eras: readonly Era[], allotment: string, month: Month): Readonly<Grant> {
  return grantsOf(eras, allotment, month).whole;
}

/**
 * The same over the moments up to now, of a month that hasn't begun its first one. Within a month its cap never falls,
 * except by a correction.
 */
export function grantSoFar(eras: readonly Era[], allotment: string, month: Month, now: Date): Grant {
  const last = new Date(Math.max(now.getTime(), monthStart(month).getTime()));
  return largestGrant(grantsOf(eras, allotment, month).moments.filter(({ at }) => at <= last));
}

function grantsOf(eras: readonly Era[], allotment: string, month: Month): Grants {
  const grants = known.get(eras) ?? new Map<string, Grants>();
  const place = `${month} ${allotment}`;
  const kept = grants.get(place);
  if (kept) return kept;
  const moments = spansOfMonth(eras, month).flatMap((span) => momentsOf(span, allotment));
  const found = { moments, whole: largestGrant(moments) };
  if (grants.size < MOST_KNOWN) known.set(eras, grants.set(place, found));
  return found;
}

function largestGrant(moments: readonly Moment[]): Grant {
  return moments.map(({ grant }) => grant).reduce(largerGrant, NOTHING);
}

/** The definitions of a month in order. A correction replaces the corrected definition from its beginning. */
export function spansOfMonth(eras: readonly Era[], month: Month): Span[] {
  const [start, end] = [monthStart(month), monthEnd(month)];
  return eras.flatMap((era, i) => {
    const from = i === 0 || era.from < start ? start : era.from;
    const next = eras[i + 1]?.from ?? end;
    const to = new Date(Math.min(next.getTime(), end.getTime()));
    if (from >= to) return [];
    return [{ from, to, inForce: era.definition, definition: definitionFor(eras, i, era, end) }];
  });
}

/** The status of a license's month: while the license isn't valid, products deny access whatever is left. */
export function monthStatus(grant: Grant, total: number, license: ValidityStatus): MonthStatus {
  const isShut = license === "expired" || license === "not-yet-valid";
  return {
    remaining: remaining(grant, total),
    state: license === "expired" ? "ended" : quotaStatus(grant, total),
    denied: isShut || denied(grant, total),
  };
}

/** The status of one month's consumption, summed over every source, against its grant. */
export function quotaStatus({ quota, overage }: Grant, total: number): QuotaStatus {
  if (total <= quota) return "within";
  if (overage === "YES" || total <= quota + overage) return "overage";
  return "exceeded";
}

/** The minutes that may still be used in the month; null if there is no cap. */
export function remaining(grant: Grant, total: number): number | null {
  const cap = capOf(grant);
  return cap === null ? null : Math.max(0, cap - total);
}

/** Whether the product has to deny access: from the moment the cap is reached. */
export function denied(grant: Grant, total: number): boolean {
  const cap = capOf(grant);
  return cap !== null && total >= cap;
}

/** The most minutes that may be used in the month; null if there is no cap. */
export function capOf({ quota, overage }: Grant): number | null {
  return overage === "YES" ? null : quota + overage;
}

/** The definition of an era, or the last correction of it before `end`: each correction replaces the one before. */
function definitionFor(eras: readonly Era[], index: number, { definition }: Era, end: Date): Definition {
  let counts = definition;
  for (let next = index + 1; next < eras.length; next++) {
    const era = eras[next];
    if (!era?.isCorrection || era.from >= end) break;
    counts = era.definition;
  }
  return counts;
}

/** The moments in [from, to) at which a grant can rise: where the span begins, and each dated part of the units. */
function momentsOf({ from, to, definition }: Span, name: string): Moment[] {
  const allotment = allotmentNamed(definition, name);
  if (!allotment) return [];
  const { overage = 0 } = allotment;
  const parts = readUnits(allotment.units);
  const starts = parts.flatMap((part) => part.from ?? []).filter((at) => from < at && at < to);
  return [from, ...starts].map((at) => {
    const quota = sumAt(parts, at);
    return { at, grant: quota > 0 ? { quota, overage } : NOTHING };
  });
}

function readUnits(units: Units[]): (Interval & { count: number })[] {
  return units.flatMap(({ count, valid }) => {
    const interval = parseValidity(valid);
    return interval ? [{ ...interval, count }] : [];
  });
}

function sumAt(parts: (Interval & { count: number })[], at: Date): number {
  return parts.reduce((sum, part) => (contains(part, at) ? sum + part.count : sum), 0);
}

/** The grant with the larger cap; no cap is the largest. */
export function largerGrant(one: Grant, other: Grant): Grant {
  const cap = capOf(one) ?? Number.POSITIVE_INFINITY;
  const otherCap = capOf(other) ?? Number.POSITIVE_INFINITY;
  return otherCap > cap || (otherCap === cap && other.quota > one.quota) ? other : one;
}
