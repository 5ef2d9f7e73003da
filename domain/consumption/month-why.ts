import { allotmentNamed, type Definition, type Era, type Overage } from "@/domain/licenses/definition";
import { unitsSpans } from "@/domain/licenses/units-spans";
import type { Month } from "@/domain/month";
import { capOf, type Grant, largerGrant, type Span, spansOfMonth } from "./quota";

/** Why a period of a month sets its quota and overage, or doesn't. */
export type WhyReason = "LARGEST_CAP" | "SMALLER_CAP" | "NO_UNITS" | "CORRECTED";

/** A period of a month, [from, to) in RFC 3339, with the units in force in it; `counts` if it sets the quota of the month. */
export type MonthWhy = {
  from: string;
  to: string;
  units: number;
  overage: Overage;
  counts: boolean;
  reason: WhyReason;
};

type Stretch = { from: Date; to: Date; units: number; overage: Overage; isCorrected: boolean };

/** The periods of a month in order, and how each counts. A corrected definition comes before its correction. */
export function monthWhy(eras: Era[], allotment: string, month: Month): MonthWhy[] {
  const spans = spansOfMonth(eras, month);
  const valid = joined(spans.flatMap((span) => stretchesOf(span, span.definition, allotment, false)));
  const corrected = joined(
    spans
      .filter(({ inForce, definition }) => inForce !== definition)
      .flatMap((span) => stretchesOf(span, span.inForce, allotment, true))
      .filter(({ units }) => units > 0),
  );
  const best = valid.map(grantOf).reduce(largerGrant, { quota: 0, overage: 0 });
  return [...corrected, ...valid]
    .toSorted((a, b) => a.from.getTime() - b.from.getTime())
    .map((stretch) => {
      const { from, to, units, overage, isCorrected } = stretch;
      const reason = isCorrected ? "CORRECTED" : reasonOf(grantOf(stretch), best);
      const counts = reason === "LARGEST_CAP";
      return { from: from.toISOString(), to: to.toISOString(), units, overage, counts, reason };
    });
}

function stretchesOf(
  { from, to }: Span,
  definition: Definition,
  name: string,
  isCorrected: boolean,
): Stretch[] {
  const allotment = allotmentNamed(definition, name);
  const overage = allotment?.overage ?? 0;
  return unitsSpans(allotment?.units ?? []).flatMap((part) => {
    const start = part.from && part.from > from ? part.from : from;
    const end = new Date(Math.min((part.to ?? to).getTime(), to.getTime()));
    return start < end ? [{ from: start, to: end, units: part.units, overage, isCorrected }] : [];
  });
}

/** Without units nothing is granted, so there is no overage either. */
function grantOf({ units, overage }: Pick<Stretch, "units" | "overage">): Grant {
  return units > 0 ? { quota: units, overage } : { quota: 0, overage: 0 };
}

function reasonOf(grant: Grant, best: Grant): WhyReason {
  if (grant.quota === 0) return "NO_UNITS";
  const isBest = grant.quota === best.quota && capOf(grant) === capOf(best);
  return isBest ? "LARGEST_CAP" : "SMALLER_CAP";
}

/** Neighboring periods with equal content, as under two definitions that differ elsewhere, are merged. */
function joined(stretches: Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const stretch of stretches) {
    const last = all.at(-1);
    if (last && isSame(last, stretch)) last.to = stretch.to;
    else all.push({ ...stretch });
  }
  return all;
}

function isSame(last: Stretch, next: Stretch): boolean {
  const isNeighbour = last.to.getTime() === next.from.getTime();
  return isNeighbour && last.units === next.units && last.overage === next.overage;
}
