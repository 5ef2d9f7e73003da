import fc from "fast-check";
import { expect, test } from "vitest";
import { anchored, firstTime, nowOf, observed, resumed } from "./time";

const read = (wall: number, ticks: number) => ({ wall, ticks });

test("a wall clock that is set back doesn't turn the time back, and doesn't stop it", () => {
  const time = anchored(1_000_000, read(1_000_000, 0));
  expect(nowOf(time, read(5000, 60_000))).toBe(1_060_000);
});

test("after sleep the time follows the wall clock", () => {
  const time = anchored(1_000_000, read(1_000_000, 0));
  expect(nowOf(time, read(9_000_000, 10))).toBe(9_000_000);
});

test("the backend's clock counts, by its lead over the machine's", () => {
  const time = anchored(1_000_000, read(400_000, 0));
  expect(nowOf(time, read(460_000, 60_000))).toBe(1_060_000);
});

test("only a signed response turns the time back, and ends the doubt about it", () => {
  const jumped = observed(anchored(1000, read(1000, 0)), read(99_000_000, 10));
  expect([nowOf(jumped, read(2000, 20)), jumped.doubtful]).toEqual([99_000_010, true]);
  const told = anchored(3000, read(2000, 30));
  expect([nowOf(told, read(2000, 30)), told.doubtful]).toEqual([3000, false]);
});

test("after a restart the greatest time continues, in doubt", () => {
  const time = resumed(anchored(1_000_000, read(1_000_000, 70_000)), read(5000, 3));
  expect([time.greatest, time.ticks, time.doubtful]).toEqual([1_000_000, 3, true]);
});

test("the time never falls between signed responses, whatever the wall clock does", () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(1e6)), { maxLength: 30 });
  fc.assert(
    fc.property(steps, (walls) => {
      let time = firstTime(read(0, 0));
      let ticks = 0;
      for (const [wall, passed] of walls) {
        const before = time.greatest;
        ticks += passed;
        time = observed(time, read(wall, ticks));
        expect(time.greatest).toBeGreaterThanOrEqual(before + passed);
      }
    }),
  );
});
