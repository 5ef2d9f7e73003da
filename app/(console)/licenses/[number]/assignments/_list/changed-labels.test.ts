import { expect, test } from "vitest";
import { changedLabel } from "./changed-labels";

const done = (...subjects: string[]) => subjects.map((subject) => ({ subject }));
const SAME = { sentence: "ACME\\Bob is the same user as acme\\bob." };

test.each([
  [
    "Assigned",
    done("acme\\bob"),
    [SAME],
    "Assigned acme\\bob to analyzer. 1 skipped: ACME\\Bob is the same user as acme\\bob.",
  ],
  ["Assigned", done("a", "b"), [], "Assigned 2 users to analyzer."],
  ["Released", done("a", "a"), [], "Released 2 seats to analyzer."],
  [
    "Assigned",
    [],
    [SAME, SAME],
    "Assigned 0 users to analyzer. 2 skipped: ACME\\Bob is the same user as acme\\bob.",
  ],
])("%s %j with %j is told as the server did it", (verb, of, left, words) =>
  expect(changedLabel({ done: of, left }, verb, " to analyzer")).toBe(words),
);

test("users who gave up another seat are counted", () => {
  const changed = { done: done("a", "b"), left: [], converted: 1 };
  expect(changedLabel(changed, "Assigned", " to analyzer")).toBe(
    "Assigned 2 users to analyzer, 1 converted from another seat.",
  );
});
