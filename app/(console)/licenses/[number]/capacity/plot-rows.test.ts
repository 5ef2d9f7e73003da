import { expect, test } from "vitest";
import type { BurnUpDay } from "@/domain/consumption/burn-up";
import { plotRows } from "./plot-rows";

const day = (at: number, more: Partial<BurnUpDay>): BurnUpDay => ({
  ...{
    day: at,
    layers: [null],
    usedThatDay: null,
    soFar: null,
    left: null,
    monthBefore: null,
    expected: null,
  },
  ...more,
});

test("a single day is a step of its whole width, not a ramp to it", () => {
  const rows = plotRows({
    days: [day(1, { layers: [0] }), day(2, { layers: [40] })],
    quota: 100,
    overage: 0,
  });
  expect(rows.map(({ x, layer0 }) => [x, layer0])).toEqual([
    [0.5, 0],
    [1.5, 0],
    [1.5, 40],
    [2.5, 40],
  ]);
});

test("the forecast goes on from the end of today, and turns where it passes the cap", () => {
  const expected = (mid: number) => ({ low: mid - 1, mid, high: mid + 1 });
  const days = [
    day(1, { layers: [90], expected: expected(90) }),
    day(2, { expected: expected(101) }),
    day(3, { expected: expected(112) }),
  ];
  const rows = plotRows({ days, quota: 100, overage: 0 });
  expect(rows.map(({ x, mid, beyond }) => [x, mid, beyond])).toEqual([
    [0.5, null, null],
    [1.5, 90, null],
    [1.5, 90, null],
    [2.5, 101, 101],
    [2.5, 101, 101],
    [3.5, null, 112],
  ]);
  expect(rows[1]?.cone).toEqual([89, 91]);
});
