import { expect, test } from "vitest";
import { healthTexts } from "./health-labels";

test.each([
  [0, 0, 1, 0, "1 license is healthy"],
  [0, 0, 3, 0, "3 licenses are healthy"],
  [7, 1, 1, 2, "7 licenses need attention, 1 is nearly full, 1 is healthy, 2 are expired or stopped"],
  [1, 0, 0, 0, "1 license needs attention"],
  [1, 0, 2, 1, "1 license needs attention, 2 are healthy, 1 is expired or stopped"],
  [0, 2, 0, 1, "2 licenses are nearly full, 1 is expired or stopped"],
  [0, 0, 0, 1200, "1,200 licenses are expired or stopped"],
])(
  "%i need attention, %i are near, %i are healthy, %i are stopped",
  (needs, near, healthy, stopped, words) => {
    const parts = healthTexts({ needs, near, healthy, stopped });
    expect(parts.map((part) => part.words).join(", ")).toBe(words);
  },
);
