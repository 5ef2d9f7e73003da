import type { Allotment } from "./definition";
import { unitsSpans } from "./units-spans";

/** When the units in force change next, and to how many. */
export type UnitsAhead = { from: Date; units: number };

/** The next moment at which other units of an allotment are in force than now; null when that is never. */
export function unitsAhead({ units }: Allotment, now: Date): UnitsAhead | null {
  for (const span of unitsSpans(units))
    if (span.from && span.from > now) return { from: span.from, units: span.units };
  return null;
}
