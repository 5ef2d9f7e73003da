import { expect, test } from "vitest";
import { lastDayOf, periodOf, validityFor } from "./period";

test.each([
  ["2026-11-29", { months: 12 }, "2027-11-28"],
  ["2026-01-01", { months: 12 }, "2026-12-31"],
  ["2028-02-29", { months: 12 }, "2029-02-28"],
  ["2026-01-31", { months: 1 }, "2026-02-28"],
  ["2026-03-01", { months: 1 }, "2026-03-31"],
  ["2026-12-01", { days: 30 }, "2026-12-30"],
  ["2026-11-29", { days: 1 }, "2026-11-29"],
])("from %s %j ends on %s", (first, period, last) => {
  expect(lastDayOf(first, period)).toBe(last);
  expect(periodOf(`${first}/${last}`)).toEqual(period);
});

test("a validity without an end has no end as its period, and back", () => {
  for (const valid of ["", "./.", "2026-01-01/."]) expect(periodOf(valid)).toBeNull();
  expect(validityFor("2026-11-29", null)).toBe("");
  expect(validityFor("2026-11-29", { months: 24 })).toBe("2026-11-29/2028-11-28");
});

test.each([
  "./2026-12-31",
  "2026-12-31/2026-01-01",
  "2026-13-01/2027-01-01",
  "2026-02-30/2027-02-28",
  "next year",
])("%s has no length", (valid) => {
  expect(periodOf(valid)).toBeUndefined();
});
