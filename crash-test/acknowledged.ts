/** Every success that was acknowledged to anybody, which must be kept forever. */
export type Acknowledged = {
  /** Minutes by the source that reported them. */
  reported: Map<string, number>;
  /** Minutes that the agent charged. */
  charged: number;
  /** Minutes of a call that was cut off: they may be charged or not. */
  open: number;
  /** The users with a seat: assigned, and not released. */
  seats: Set<string>;
  counts: Map<string, number>;
  /** Responses that should never occur. */
  faults: string[];
};

export function nothingYet(): Acknowledged {
  return {
    reported: new Map(),
    charged: 0,
    open: 0,
    seats: new Set(),
    counts: new Map(),
    faults: [],
  };
}

export function count(held: Acknowledged, what: string): void {
  held.counts.set(what, (held.counts.get(what) ?? 0) + 1);
}
