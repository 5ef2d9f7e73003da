import { expect, test } from "vitest";
import type { PlannedResult } from "@/domain/assignments/assignment-plan";
import { fitLabel, lineLabel, lineState } from "./line-labels";

const CONVERT: PlannedResult = { outcome: "convert", from: "analyzer", turn: 2 };

test.each<[PlannedResult, boolean, string, string]>([
  [{ outcome: "add", turn: 1 }, true, "New", "within"],
  [CONVERT, true, "Has analyzer, converts", "within"],
  [CONVERT, false, "Has analyzer, gets a second seat", "near"],
  [{ outcome: "same-row", at: 0 }, true, "Repeats line 1", "offline"],
  [{ outcome: "no-units" }, true, "No seat left", "exceeded"],
])("%j with converts %s is %s", (line, converts, words, state) => {
  expect(lineLabel(line, converts)).toBe(words);
  expect(lineState(line, converts)).toBe(state);
});

test("the sentence counts every line once", () => {
  const lines: PlannedResult[] = [
    { outcome: "add", turn: 1 },
    { outcome: "add", turn: 3 },
    CONVERT,
    { outcome: "same-row", at: 0 },
    { outcome: "no-units" },
  ];
  expect(fitLabel({ lines, fit: 3 })).toBe(
    "3 of 5 fit: 2 new, 1 with another seat, 1 repeated, 1 without a free seat.",
  );
});
