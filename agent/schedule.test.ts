import fc from "fast-check";
import { expect, test } from "vitest";
import {
  doneTask,
  dueTasks,
  failedTask,
  firstPlan,
  IDLE,
  nextWake,
  reportWanted,
  setAside,
  stoppedPlan,
} from "./schedule";

const PACE = { refreshAfter: 86_400, syncEvery: 600 };
const SECOND = 1000;
const chance = fc.double({ min: 0, max: 0.999, noNaN: true });
const plan = () => firstPlan(0, () => 0);

test("without a key nothing is ever due", () => {
  expect([dueTasks(IDLE, 1e12), nextWake(IDLE)]).toEqual([[], Number.POSITIVE_INFINITY]);
});

test("all tasks run within five seconds of a start, the definition first", () => {
  fc.assert(
    fc.property(chance, (random) => {
      const first = firstPlan(100, () => random);
      expect(dueTasks(first, 100 + 5 * SECOND)).toEqual(["definition", "sync", "report", "totals"]);
    }),
  );
});

test("the definition is requested within a day, a sync about every ten minutes", () => {
  fc.assert(
    fc.property(chance, (random) => {
      const { due } = doneTask(plan(), "definition", PACE, 0, () => random);
      expect(due.definition).toBeLessThan(86_400 * SECOND);
      expect(due.definition).toBeGreaterThan(64_000 * SECOND);
      const sync = doneTask(plan(), "sync", PACE, 0, () => random).due.sync;
      expect(Math.abs(sync - 600 * SECOND)).toBeLessThanOrEqual(60 * SECOND);
    }),
  );
});

test("charges are reported together within half a minute of the first", () => {
  const quiet = doneTask(plan(), "report", PACE, 0, () => 0);
  const first = reportWanted(quiet, 0, () => 0.5);
  expect(first.due.report).toBe(22.5 * SECOND);
  expect(reportWanted(first, 10 * SECOND, () => 0.5)).toEqual(first);
});

test("after failures all tasks wait with full jitter, up to ten minutes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), chance, (failures, random) => {
      let failed = plan();
      for (let i = 0; i < failures; i++) failed = failedTask(failed, undefined, 0, () => random);
      const most = Math.min(600, 5 * 2 ** failures) * SECOND;
      expect(failed.notBefore).toBeCloseTo(random * most);
      expect(dueTasks(failed, failed.notBefore - 1)).toEqual([]);
      expect(nextWake(failed)).toBe(failed.notBefore);
    }),
  );
});

test("Retry-After extends the pause, and a success ends it", () => {
  const failed = failedTask(plan(), 300, 0, () => 0.5);
  expect(failed.notBefore).toBe(305 * SECOND);
  expect(doneTask(failed, "sync", PACE, 0, () => 0.5)).toMatchObject({ failures: 0, notBefore: 0 });
});

test("a response that can't be used delays only its own task", () => {
  const aside = setAside(plan(), "definition", 600, 0, () => 0.5);
  expect(dueTasks(aside, SECOND)).toEqual(["sync", "report", "totals"]);
  expect(aside.due.definition).toBe(600 * SECOND);
});

test("a stopped agent requests only its definition, at the interval of syncs", () => {
  const stopped = stoppedPlan(
    failedTask(plan(), undefined, 0, () => 0.9),
    600,
    0,
    () => 0.5,
  );
  expect(dueTasks(stopped, 3600 * SECOND)).toEqual(["definition"]);
  expect(nextWake(stopped)).toBe(600 * SECOND);
});

test("a thousand agents that an outage cut off come back spread over ten minutes", () => {
  const back = Array.from({ length: 1000 }, (_, i) => {
    let random = (i * 0.618_034) % 1;
    let cut = plan();
    for (let n = 0; n < 20; n++) {
      random = (random * 997 + 0.123) % 1;
      cut = failedTask(cut, undefined, 0, () => random);
    }
    return cut.notBefore;
  });
  const perMinute = Array.from(
    { length: 10 },
    (_, i) => back.filter((at) => Math.floor(at / 60_000) === i).length,
  );
  expect(Math.max(...perMinute)).toBeLessThan(160);
  expect(Math.min(...perMinute)).toBeGreaterThan(40);
});
