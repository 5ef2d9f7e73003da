/**
 * The minutes that one run of an agent may spend in one month of an allotment. All values are totals of the run. A
 * run is one unbroken life of an agent's state: after a restart that can't prove that nothing was copied, a new one
 * begins.
 */
export type Prepaid = {
  granted: number;
  used: number;
  /** The part of `used` that answers have confirmed. */
  reported: number;
  sequence: number;
  /** The request without an answer; sent again unchanged until it has one. */
  waiting: PrepaidRequest | null;
  /** When spending ends, on a clock that never goes back; 0 before the first answer. */
  until: number;
};

export type PrepaidRequest = {
  sequence: number;
  used: number;
  reported: number;
  want: number;
  granted: number;
};

/** An answer; `left` is how long it may be spent from now, in milliseconds. */
export type PrepaidReply = { sequence: number; granted: number | null; left: number };

export const NOTHING_PREPAID: Prepaid = {
  granted: 0,
  used: 0,
  reported: 0,
  sequence: 0,
  waiting: null,
  until: 0,
};

/** The state to save before the request is sent: what will be given back can't be spent any more. */
export function askedFor(prepaid: Prepaid, want: number): Prepaid & { waiting: PrepaidRequest } {
  if (prepaid.waiting) return { ...prepaid, waiting: prepaid.waiting };
  const { granted, used, reported } = prepaid;
  const sequence = prepaid.sequence + 1;
  const kept = Math.min(granted, used + want);
  return { ...prepaid, granted: kept, sequence, waiting: { sequence, used, reported, want, granted } };
}

/** Only the answer to the waiting request changes anything. `granted: null` is no cap. */
export function answered(prepaid: Prepaid, answer: PrepaidReply, now: number): Prepaid {
  if (answer.sequence !== prepaid.waiting?.sequence) return prepaid;
  const granted = answer.granted ?? Number.MAX_SAFE_INTEGER;
  return { ...prepaid, waiting: null, granted: Math.max(granted, prepaid.used), until: now + answer.left };
}

/** Charges minutes if they fit whole; null if they don't, or the lease has expired. */
export function spent(prepaid: Prepaid, minutes: number, now: number): Prepaid | null {
  const fits = prepaid.used + minutes <= prepaid.granted && now < prepaid.until;
  return fits ? { ...prepaid, used: prepaid.used + minutes } : null;
}
