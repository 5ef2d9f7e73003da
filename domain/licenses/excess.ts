import { allotmentNamed, type Definition, unitsInForce } from "./definition";

/**
 * How many seats of an allotment may be held now: none if the definition doesn't have it or counts its minutes, so
 * that seats still held are in excess.
 */
export function seatsInForce(definition: Definition, allotment: string, now: Date): number {
  const found = allotmentNamed(definition, allotment);
  return found?.usage.class === "assigned" ? unitsInForce(found, now) : 0;
}

/** The allotments with more seats held than in force, and their number of seats in force; keyed by name key, like `live`. */
export function crowdedAllotments(
  definition: Definition,
  live: Iterable<readonly [allotment: string, held: number]>,
  now: Date,
): Map<string, number> {
  const all = [...live].map(([key, held]) => ({ key, held, units: seatsInForce(definition, key, now) }));
  return new Map(all.filter(({ held, units }) => held > units).map(({ key, units }) => [key, units]));
}

/** The assignments beyond the units: those added first, in server order, keep their seats. `live` is one allotment. */
export function excessOf(live: readonly { instance: string; addedAt: number }[], units: number): Set<string> {
  const ranked = live.toSorted((a, b) => a.addedAt - b.addedAt || (a.instance < b.instance ? -1 : 1));
  return new Set(ranked.slice(Math.max(0, units)).map(({ instance }) => instance));
}

/** The `addedAt` of the last assignment within the units; null if all are within, 0 if none is. */
export function excessLimit(live: readonly { addedAt: number }[], units: number): number | null {
  if (live.length <= units) return null;
  const ranked = live.map(({ addedAt }) => addedAt).sort((a, b) => a - b);
  return units > 0 ? (ranked[units - 1] ?? 0) : 0;
}

/** Excess by a single limit for the whole allotment: no two assignments of a license are added at the same version. */
export function isExcess(addedAt: number, limit: number | null): boolean {
  return limit !== null && addedAt > limit;
}
