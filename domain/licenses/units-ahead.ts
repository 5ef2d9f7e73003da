import type { Allotment } from "./definition";
import { unitsSpans } from "./units-spans";

/** The next change of the units in force, and the new number. */
export type UnitsAhead = { from: Date; units: number };

/** The next moment at which the units in force of an allotment differ from now; null if there is none. */
export function unitsAhead({ units }: Allotment, now: Date): UnitsAhead | null {
  for (const span of unitsSpans(units))
    if (span.from && span.from > now) return { from: span.from, units: span.units };
  return null;
}
