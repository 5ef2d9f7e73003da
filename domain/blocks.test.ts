import fc from "fast-check";
import { expect, test } from "vitest";
import { blocksFor, chargeBlocks } from "./blocks";

test.each([
  [0, 6, 0],
  [1, 6, 1],
  [5, 5, 1],
  [6, 6, 1],
  [7, 6, 2],
  [26, 6, 5],
  [26, 5, 6],
  [30, 6, 5],
  [26, 1, 26],
])("%i active minutes with a block of %i are %i blocks", (minutes, block, blocks) =>
  expect(blocksFor(minutes, block)).toBe(blocks),
);

test.each([
  [{ activeBefore: 0, active: 26, block: 6 }, 30],
  [{ activeBefore: 26, active: 4, block: 6 }, 0],
  [{ activeBefore: 26, active: 5, block: 6 }, 6],
  [{ activeBefore: 0, active: 0, block: 6 }, 0],
  [{ activeBefore: 6, active: 1, block: 6 }, 6],
])("%j charges %i minutes", (time, minutes) => expect(chargeBlocks(time)).toBe(minutes));

test("a session costs the same however its minutes are split over calls", () => {
  const calls = fc.array(fc.nat({ max: 90 }), { maxLength: 30 });
  fc.assert(
    fc.property(calls, fc.integer({ min: 1, max: 60 }), (minutes, block) => {
      let activeBefore = 0;
      let charged = 0;
      for (const active of minutes) {
        charged += chargeBlocks({ activeBefore, active, block });
        activeBefore += active;
      }
      expect(charged).toBe(blocksFor(activeBefore, block) * block);
      expect(charged).toBeGreaterThanOrEqual(activeBefore);
      expect(charged).toBeLessThan(activeBefore + block);
    }),
  );
});
