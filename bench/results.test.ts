import { expect, test } from "vitest";
import { atLeast, atMost, isAnyMissed, plain } from "./results";

test.each([
  ["at least", atLeast("Reports/s", 99, 100), atLeast("Reports/s", 100, 100)],
  ["at most", atMost("Start, ms", 101, 100), atMost("Start, ms", 100, 100)],
])("a result that must be %s its target misses it, and others don't hide that", (_, missed, met) => {
  const untold = [plain("Memory, MB", 250), atLeast("Searches/s", 0)];
  expect(isAnyMissed([...untold, met])).toBe(false);
  expect(isAnyMissed([met, missed, ...untold])).toBe(true);
});
