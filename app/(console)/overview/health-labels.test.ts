import { expect, test } from "vitest";
import { healthLabel } from "./health-labels";

test.each([
  [0, 1, 0, "No issues with your license."],
  [0, 3, 0, "All 3 licenses are healthy."],
  [7, 1, 2, "7 licenses need attention, 1 is healthy, 2 are expired or stopped."],
  [1, 0, 0, "1 license needs attention."],
  [1, 2, 0, "1 license needs attention, 2 are healthy."],
  [0, 2, 1, "Nothing needs your attention, 2 are healthy, 1 is expired or stopped."],
  [0, 0, 1, "Nothing needs your attention, 1 is expired or stopped."],
])("%i need attention, %i are healthy, %i are not active", (needy, healthy, inactive, words) => {
  expect(healthLabel(needy, healthy, inactive)).toBe(words);
});
