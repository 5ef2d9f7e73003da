/** All that anybody was answered with a yes, which has to hold for ever. */
export type Acknowledged = {
  /** Minutes by the source that reported them. */
  reported: Map<string, number>;
  /** Minutes that the agent charged. */
  charged: number;
  /** The same that a call asked for which was cut off: they may be charged or not. */
  open: number;
  /** Who holds a seat: given, and not taken back. */
  seats: Set<string>;
  counts: Map<string, number>;
  /** Answers that nobody should have got. */
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
