import fc from "fast-check";
import { expect, test } from "vitest";
import { type BurnUp, burnUp, looksOf, passedOn } from "./burn-up";

const FORECAST = { method: "", low: 130, mid: 160, high: 190, quotaOn: null, capOn: null };
const month = (more: Partial<BurnUp> = {}): BurnUp => ({
  month: "2026-06",
  grant: { quota: 100, overage: 20 },
  layers: [
    { source: "warsaw", days: [10, 0, 30] },
    { source: null, days: [5, 5] },
  ],
  before: [7, 0, 1],
  today: 3,
  forecast: null,
  ...more,
});

test("days add up, by layer and in total; future days are null", () => {
  const days = burnUp(month());
  expect(days).toHaveLength(30);
  expect(days.slice(0, 4)).toEqual([
    {
      day: 1,
      layers: [10, 5],
      usedThatDay: 15,
      soFar: 15,
      left: 105,
      monthBefore: 7,
      expected: null,
    },
    { day: 2, layers: [10, 10], usedThatDay: 5, soFar: 20, left: 100, monthBefore: 7, expected: null },
    { day: 3, layers: [40, 10], usedThatDay: 30, soFar: 50, left: 70, monthBefore: 8, expected: null },
    {
      day: 4,
      layers: [null, null],
      usedThatDay: null,
      soFar: null,
      left: null,
      monthBefore: null,
      expected: null,
    },
  ]);
});

test("a month that has ended has every day", () => {
  const days = burnUp(month({ today: null }));
  expect(days.at(-1)).toMatchObject({ day: 30, soFar: 50, usedThatDay: 0, layers: [40, 10] });
});

test("the forecast goes straight from today's total to its end", () => {
  const days = burnUp(month({ today: 3, forecast: FORECAST }));
  expect(days[1]?.expected).toBeNull();
  expect(days[2]?.expected).toEqual({ low: 50, mid: 50, high: 50 });
  expect(days[29]?.expected).toEqual({ low: 130, mid: 160, high: 190 });
  expect(days[11]?.expected).toEqual({ low: 77, mid: 87, high: 97 });
});

test("on the last day the forecast is the actual usage", () => {
  const days = burnUp(month({ today: 30, forecast: FORECAST }));
  expect(days[29]?.expected).toEqual({ low: 50, mid: 50, high: 50 });
});

test.each([
  [
    { quota: 100, overage: 20 },
    { quota: null, cap: null },
  ],
  [
    { quota: 19, overage: 20 },
    { quota: 2, cap: 3 },
  ],
  [
    { quota: 50, overage: 0 },
    { quota: null, cap: 3 },
  ],
  [
    { quota: 15, overage: "YES" },
    { quota: 2, cap: null },
  ],
  [
    { quota: 0, overage: 0 },
    { quota: 1, cap: 1 },
  ],
] as const)("%o passed its limits on %o", (grant, passed) => {
  expect(passedOn(burnUp(month({ grant })), grant)).toEqual(passed);
});

test("remaining minutes count to the cap, or to the quota if there is no cap", () => {
  expect(burnUp(month({ grant: { quota: 60, overage: "YES" } }))[2]?.left).toBe(10);
  expect(burnUp(month({ grant: { quota: 20, overage: 10 } }))[2]?.left).toBe(0);
});

test.each([
  [[], []],
  [
    [0, 1, 2],
    [0, 1, 2],
  ],
  [
    [7, 1],
    [1, 2],
  ],
  [
    [5, 11, 4],
    [5, 0, 4],
  ],
] as const)("of six styles the positions %o get %o", (places, looks) => {
  expect(looksOf([...places], 6)).toEqual(looks);
});

test("the last day is the sum of all days, and no two of six sources share a style", () => {
  const layer = fc.record({
    source: fc.option(fc.string()),
    days: fc.array(fc.nat(1e9), { maxLength: 30 }),
  });
  fc.assert(
    fc.property(fc.array(layer, { maxLength: 6 }), (layers) => {
      const last = burnUp(month({ layers, today: null })).at(-1);
      const all = layers.flatMap(({ days }) => days).reduce((sum, used) => sum + used, 0);
      expect(last?.soFar).toBe(all);
      expect(last?.layers.reduce((sum: number, used) => sum + (used ?? 0), 0)).toBe(all);
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { maxLength: 6 }), (places) => {
      expect(new Set(looksOf(places, 6)).size).toBe(places.length);
    }),
  );
});
