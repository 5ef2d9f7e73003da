import { expect, test } from "vitest";
import { monthSoFar, soFarSince } from "./month-so-far";

test("usage adds up within its month, also from days before the first one shown, and starts at zero with the next", () => {
  const used = new Map([
    ["2026-07-02", 10],
    ["2026-07-30", 5],
    ["2026-07-31", 1],
    ["2026-08-02", 7],
  ]);
  expect(monthSoFar(used, "2026-08-03", 5)).toEqual([15, 16, 0, 7, 7]);
  expect(soFarSince("2026-08-03", 5)).toBe("2026-07-01");
});

test("the days of one month need only that month", () => {
  expect(monthSoFar(new Map([["2026-08-01", 2]]), "2026-08-03", 2)).toEqual([2, 2]);
  expect(soFarSince("2026-08-30", 30)).toBe("2026-08-01");
  expect(monthSoFar(new Map(), "2026-03-01", 30)).toHaveLength(30);
});
