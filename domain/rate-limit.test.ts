import { expect, test } from "vitest";
import { isOver, rateLimitFields, secondsLeft, windowStart } from "./rate-limit";

const limit = { name: "reads", most: 100 } as const;

test.each([
  ["2026-08-24T10:00:00.000Z", "2026-08-24T10:00:00.000Z", 300],
  ["2026-08-24T10:00:00.001Z", "2026-08-24T10:00:00.000Z", 300],
  ["2026-08-24T10:03:00.000Z", "2026-08-24T10:00:00.000Z", 120],
  ["2026-08-24T10:04:59.500Z", "2026-08-24T10:00:00.000Z", 1],
  ["2026-08-24T10:04:59.999Z", "2026-08-24T10:00:00.000Z", 1],
  ["2026-08-24T10:05:00.000Z", "2026-08-24T10:05:00.000Z", 300],
])("%s is in the window of %s, with %i seconds left", (at, start, left) => {
  expect(windowStart(new Date(at))).toBe(Date.parse(start));
  expect(secondsLeft(new Date(at))).toBe(left);
});

test.each([
  [1, false, '"reads";r=99;t=120'],
  [99, false, '"reads";r=1;t=120'],
  [100, false, '"reads";r=0;t=120'],
  [101, true, '"reads";r=0;t=120'],
  [500, true, '"reads";r=0;t=120'],
])("after %i of 100 requests, the limit is exceeded: %s", (used, over, state) => {
  const use = { limit, used, at: new Date("2026-08-24T10:03:00.000Z") };
  expect(isOver(use)).toBe(over);
  expect(rateLimitFields(use)).toEqual({ policy: '"reads";q=100;w=300', state });
});
