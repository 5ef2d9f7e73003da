import { type Allotment, unitsInForce } from "@/domain/definition";
import { parseValidity } from "@/domain/validity";

/** When the units in force change next, and to how many. */
export type UnitsAhead = { from: Date; units: number };

/** The next moment at which other units of an allotment are in force than now; null when that is never. */
export function unitsAhead(allotment: Allotment, now: Date): UnitsAhead | null {
  const today = unitsInForce(allotment, now);
  const bounds = allotment.units.flatMap(({ valid }) => {
    const { from = null, to = null } = parseValidity(valid) ?? {};
    return [from, to].filter((at) => at !== null && at > now);
  });
  const moments = bounds.filter((at) => at !== null).toSorted((a, b) => a.getTime() - b.getTime());
  const from = moments.find((at) => unitsInForce(allotment, at) !== today);
  return from ? { from, units: unitsInForce(allotment, from) } : null;
}
