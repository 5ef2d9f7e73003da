import { expect, test } from "vitest";
import { outage } from "./gaps";
import type { Attempt } from "./load";

const attempt = (product: number, at: number, fate: Attempt["fate"] = "acknowledged"): Attempt => ({
  ...{ product, at, fate },
});

test("a gap reaches from success to success, over refusals, and to both ends of the span", () => {
  const attempts = [attempt(1, 5), attempt(1, 20), attempt(2, 30, "refused"), attempt(2, 60), attempt(1, 95)];
  expect(outage("a part", attempts, { from: 10, to: 100, wholeMs: 7 })).toEqual({
    ...{ name: "a part", gapMs: 40, waitMs: 75, wholeMs: 7 },
    ...{ acknowledged: 3, refused: 1, unknown: 0 },
  });
});

test("without a success the gap is the whole span", () => {
  expect(outage("a part", [attempt(1, 50, "unknown")], { from: 10, to: 100, wholeMs: 0 })).toMatchObject({
    ...{ gapMs: 90, waitMs: 90, acknowledged: 0, unknown: 1 },
  });
});
