import { allotmentNamed, type Definition, type Era, type Overage, type Units } from "@/domain/definition";
import { type Month, monthEnd, monthStart } from "@/domain/month";
import { contains, type Interval, parseValidity } from "@/domain/validity";

/** What one month grants; overage 0 is none. */
export type Grant = { quota: number; overage: Overage };

export type Standing = "within" | "overage" | "exceeded";

/** The part of a month, [from, to), in which one definition was in force. */
type Span = { from: Date; to: Date; definition: Definition };

const NOTHING: Grant = { quota: 0, overage: 0 };

/**
 * The quota of a month is the largest sum of units in force at any moment of it, its overage the most generous of
 * the definitions under which there were units; without units both are 0. Eras come oldest first.
 */
export function monthGrant(eras: Era[], allotment: string, month: Month): Grant {
  return spansOf(eras, monthStart(month), monthEnd(month))
    .map((span) => spanGrant(span, allotment))
    .reduce(mostGenerous, NOTHING);
}

/** How one month of consumption, summed over every source, stands against what was granted. */
export function standing({ quota, overage }: Grant, total: number): Standing {
  if (total <= quota) return "within";
  if (overage === "YES" || total <= quota + overage) return "overage";
  return "exceeded";
}

/** What may still be used in the month; null when there is no cap. */
export function remaining(grant: Grant, total: number): number | null {
  const cap = capOf(grant);
  return cap === null ? null : Math.max(0, cap - total);
}

/** Whether the product has to deny access: from the moment the cap is reached. */
export function denied(grant: Grant, total: number): boolean {
  const cap = capOf(grant);
  return cap !== null && total >= cap;
}

/** The most that may be used in the month; null when there is no cap. */
export function capOf({ quota, overage }: Grant): number | null {
  return overage === "YES" ? null : quota + overage;
}

function spansOf(eras: Era[], start: Date, end: Date): Span[] {
  return eras.flatMap((era, i) => {
    const from = i === 0 || era.from < start ? start : era.from;
    const next = eras[i + 1]?.from ?? end;
    const to = next < end ? next : end;
    return from < to ? [{ from, to, definition: era.definition }] : [];
  });
}

function spanGrant({ from, to, definition }: Span, name: string): Grant {
  const allotment = allotmentNamed(definition, name);
  const quota = allotment ? mostUnits(allotment.units, from, to) : 0;
  return quota > 0 ? { quota, overage: allotment?.overage ?? 0 } : NOTHING;
}

/** The largest sum in [from, to): it can only begin with the span or with one of the units. */
function mostUnits(units: Units[], from: Date, to: Date): number {
  const parts = units.flatMap(({ count, valid }) => {
    const interval = parseValidity(valid);
    return interval ? [{ count, interval }] : [];
  });
  const starts = parts.flatMap(({ interval }) => interval.from ?? []).filter((at) => from < at && at < to);
  return [from, ...starts].reduce((most, at) => Math.max(most, sumAt(parts, at)), 0);
}

function sumAt(parts: { count: number; interval: Interval }[], at: Date): number {
  return parts.reduce((sum, { count, interval }) => (contains(interval, at) ? sum + count : sum), 0);
}

function mostGenerous(one: Grant, other: Grant): Grant {
  const { overage: a } = one;
  const { overage: b } = other;
  return {
    quota: Math.max(one.quota, other.quota),
    overage: a === "YES" || b === "YES" ? "YES" : Math.max(a, b),
  };
}
