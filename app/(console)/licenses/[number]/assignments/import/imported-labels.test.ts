import { expect, test } from "vitest";
import { importedLabel } from "./imported-labels";

test.each([
  [0, 0, ""],
  [1, 0, "Assigned 1 user from people.csv."],
  [0, 2, "Converted 2 users from people.csv."],
  [1200, 1, "Assigned 1,200 users, converted 1 user from people.csv."],
])("%i added and %i converted", (added, converted, words) =>
  expect(importedLabel({ added, converted }, "people.csv")).toBe(words),
);
