import { dayOf } from "@/domain/month";
import { type Allotment, type Definition, nameKey, type Units } from "./definition";
import { daysOf, inForce, validityOf } from "./validity";

/** More units of an allotment: `to` in all, at once or from a UTC day on. */
export type Raise = { allotment: string; to: number; from: string | null };

/**
 * The definition with the units of one allotment raised. At once, the units in force grow; from a later day on, the
 * difference is added and ends with them. Unchanged if `to` isn't more than what is in force then.
 */
export function raisedUnits(definition: Definition, raise: Raise, now: Date): Definition {
  const key = nameKey(raise.allotment);
  const allotments = definition.allotments.map((allotment) =>
    nameKey(allotment.name) === key ? { ...allotment, units: raised(allotment, raise, now) } : allotment,
  );
  return { ...definition, allotments };
}

/** The units in force at the moment from which a raise counts. */
export function unitsBefore({ units }: Pick<Allotment, "units">, from: string | null, now: Date): number {
  const at = from ? new Date(from) : now;
  return units.reduce((sum, { count, valid }) => (inForce(valid, at) ? sum + count : sum), 0);
}

function raised({ units }: Allotment, { to, from }: Raise, now: Date): Units[] {
  const more = to - unitsBefore({ units }, from, now);
  if (more <= 0) return units;
  const at = from ? new Date(from) : now;
  const last = units.findLastIndex(({ valid }) => inForce(valid, at));
  const row = units[last];
  if (row && !from)
    return units.map((one, index) => (index === last ? { ...one, count: one.count + more } : one));
  const end = row ? (daysOf(row.valid)?.last ?? "") : "";
  return [...units, { count: more, valid: validityOf({ first: from ?? dayOf(now), last: end }) }];
}
