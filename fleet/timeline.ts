/** Virtual time: events happen in order, each to its end, so that a run depends only on its seed. */
export type Timeline = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs once after so many milliseconds; returns a function that cancels it. */
  after(ms: number, run: () => Promise<void>): () => void;
  /** Lets time pass until then. */
  play(until: number): Promise<void>;
};

type Due = { at: number; nth: number; run: (() => Promise<void>) | null };

/** Events are kept by the minute: finding the next one costs the same however many wait. */
const SLOT_MS = 60_000;

export function openTimeline(begin: number): Timeline {
  const slots = new Map<number, Due[]>();
  let now = begin;
  let made = 0;

  const takeNext = (until: number): Due | null => {
    for (let slot = slotOf(now); slot * SLOT_MS <= until; slot += 1) {
      const waiting = slots.get(slot)?.filter(({ run }) => run !== null) ?? [];
      const next = earliest(waiting);
      if (next && next.at > until) return null;
      if (next) {
        slots.set(
          slot,
          waiting.filter((each) => each !== next),
        );
        return next;
      }
      slots.delete(slot);
    }
    return null;
  };

  return {
    now: () => now,
    after(ms, run) {
      const due: Due = { at: now + Math.ceil(Math.max(0, ms)), nth: made++, run };
      const slot = slots.get(slotOf(due.at));
      if (slot) slot.push(due);
      else slots.set(slotOf(due.at), [due]);
      return () => {
        due.run = null;
      };
    },
    async play(until) {
      for (let due = takeNext(until); due; due = takeNext(until)) {
        now = due.at;
        await due.run?.();
      }
      now = until;
    },
  };
}

function slotOf(at: number): number {
  return Math.floor(at / SLOT_MS);
}

function earliest(waiting: Due[]): Due | undefined {
  return waiting.reduce<Due | undefined>(
    (first, due) =>
      first && (first.at < due.at || (first.at === due.at && first.nth < due.nth)) ? first : due,
    undefined,
  );
}
