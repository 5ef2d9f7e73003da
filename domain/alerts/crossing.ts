/** A limit with hysteresis: it is crossed from `on` upwards, and left again only below `off`. */
export type Limit = { on: number; off: number };

/** Between the two moments a crossing is neither new nor over. */
export type CrossingState = "on" | "held" | "off";

/** How far usage has to fall below a limit before it counts as left, as a share of the whole. */
const MARGIN = 0.05;

/** The limit at a share of the whole in percent. Even of nothing at least one unit must be used. */
export function percentLimit(percent: number, whole: number): Limit {
  return limitAt(Math.max(1, Math.ceil((percent * whole) / 100)), whole);
}

/** The limit at a number of units, out of a whole. */
export function limitAt(on: number, whole: number): Limit {
  const margin = Math.min(Math.max(1, Math.ceil(whole * MARGIN)), on - 1);
  return { on, off: on - margin };
}

export function crossingState(value: number, { on, off }: Limit): CrossingState {
  if (value >= on) return "on";
  return value >= off ? "held" : "off";
}
