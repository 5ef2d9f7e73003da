import fc from "fast-check";
import { expect, test } from "vitest";
import { roundTicks } from "./ticks";

test.each([
  [0, [0]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6]],
  [105, [0, 25, 50, 75, 100]],
  [1890, [0, 500, 1000, 1500]],
  [2520, [0, 1000, 2000]],
])("the ticks up to %i are %o", (top, ticks) => expect(roundTicks(top)).toEqual(ticks));

test("there are two to six whole ticks, none above the top", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 1e12 }), (top) => {
      const ticks = roundTicks(top);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.every((tick) => Number.isInteger(tick) && tick <= top)).toBe(true);
    }),
  );
});
