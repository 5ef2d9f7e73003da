import fc from "fast-check";
import { expect, test } from "vitest";
import { newSlot, resumedSlot, type Slot, withCharge, withReply, withReport } from "./consumption";

const LICENSE = "9999000000001253";
const slot = () => newSlot(LICENSE, "analyzer_time", "2026-03");

/** The backend's counter of one source, allotment and month. */
class Counter {
  consumed = 0;
  private last = 0;

  take({ sent }: Slot) {
    if (!sent) throw new Error("Nothing was sent.");
    const duplicate = sent.sequence <= this.last;
    if (!duplicate) {
      this.last = sent.sequence;
      this.consumed += sent.amount;
    }
    return { duplicate, sequence: this.last };
  }
}

/** Sends reports until nothing is open. */
function settled(slot: Slot, counter: Counter): Slot {
  let next = withReport(slot);
  for (; next.sent; next = withReport(next)) next = withReply(next, counter.take(next));
  return next;
}

test("a start begins with a probe, then charged minutes are sent under the next number", () => {
  const first = withReport(withCharge(slot(), 6));
  expect(first).toMatchObject({ sent: { sequence: 1, amount: 0 }, pending: 6 });
  const probed = withReply(first, { duplicate: false, sequence: 1 });
  expect(withReport(probed)).toMatchObject({ sequence: 2, sent: { sequence: 2, amount: 6 }, pending: 0 });
});

test("a report keeps its number and amount however often it is sent", () => {
  const sent = withReport({ ...withCharge(slot(), 6), isProbed: true });
  const again = withReport(withCharge(sent, 30));
  expect(again).toMatchObject({ sent: { sequence: 1, amount: 6 }, pending: 30 });
});

test("after a copy reported, unreported minutes are forgone, and later ones get higher numbers", () => {
  const sent = withCharge(withReport({ ...withCharge(slot(), 6), isProbed: true }), 12);
  const behind = withReply(sent, { duplicate: true, sequence: 8 });
  expect(behind).toMatchObject({ sequence: 8, sent: null, pending: 0, forgone: 18 });
  expect(withReport(withCharge(behind, 6))).toMatchObject({ sent: { sequence: 9, amount: 6 }, forgone: 18 });
});

test("numbers are compared at the start before anything is charged, so that a restored agent forgoes nothing new", () => {
  const started = withReport(resumedSlot({ ...slot(), sequence: 3, isProbed: true }));
  expect(started.sent).toEqual({ sequence: 3, amount: 0 });
  const compared = withReply(started, { duplicate: true, sequence: 8 });
  expect(withReport(withCharge(compared, 6))).toMatchObject({ sent: { sequence: 9, amount: 6 }, forgone: 0 });
});

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("charge" as const), minutes: fc.integer({ min: 1, max: 9 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("report" as const, "reply lost" as const, "request lost" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Runs a slot through the steps. */
function lived(from: Slot, steps: Step[], counter: Counter): Slot {
  return steps.reduce((slot, each) => {
    if (each.do === "charge") return withCharge(slot, each.minutes);
    if (each.do === "restart") return resumedSlot(slot);
    const sent = withReport(slot);
    if (!sent.sent || each.do === "request lost") return sent;
    const response = counter.take(sent);
    return each.do === "report" ? withReply(sent, response) : sent;
  }, from);
}

const steps = fc.array(step, { maxLength: 40 });

test("every minute counts once, whatever is lost on the way and however often the agent restarts", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const counter = new Counter();
      const mine = settled(lived(slot(), all, counter), counter);
      const charged = all.reduce((sum, each) => sum + (each.do === "charge" ? each.minutes : 0), 0);
      expect([counter.consumed, mine.forgone, mine.used]).toEqual([charged, 0, charged]);
    }),
  );
});

test("a restored backup never counts a minute twice, and loses only what the lost disk held", () => {
  fc.assert(
    fc.property(steps, steps, fc.nat(9), (before, lost, after) => {
      const counter = new Counter();
      const backup = lived(slot(), before, counter);
      const gone = lived(backup, lost, counter);
      const mine = settled(withCharge(resumedSlot(backup), after), counter);
      expect(counter.consumed).toBeLessThanOrEqual(gone.used + after);
      expect(counter.consumed + mine.forgone).toBeGreaterThanOrEqual(backup.used + after);
    }),
  );
});

test("copies that run at once never count a minute twice, whenever the copy was made", () => {
  const turn = fc.record({ isTwin: fc.boolean(), step });
  fc.assert(
    fc.property(steps, fc.array(turn, { maxLength: 60 }), (before, turns) => {
      const counter = new Counter();
      const origin = lived(slot(), before, counter);
      const copies = { origin, twin: resumedSlot(origin) };
      for (const { isTwin, step } of turns) {
        const who = isTwin ? "twin" : "origin";
        copies[who] = lived(copies[who], [step], counter);
      }
      settled(copies.origin, counter);
      settled(copies.twin, counter);
      expect(counter.consumed).toBeLessThanOrEqual(copies.origin.used + copies.twin.used - origin.used);
    }),
  );
});
