import { expect, test } from "vitest";
import { DAY } from "@/domain/month";
import {
  type AttemptResult,
  type EndpointHealth,
  HEALTHY,
  healthAfter,
  progressAfter,
} from "./delivery-result";
import { restAfter, retryDelay } from "./webhook-retries";

const NOW = new Date("2026-08-24T10:00:00Z");
const at = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
const NEW = { tries: 0, until: null };
const MIDDLE = 0.5;

test.each([
  [1, 5_000],
  [2, 15_000],
  [3, 45_000],
  [4, 135_000],
  [8, 10_935_000],
  [10, 43_200_000],
  [40, 43_200_000],
])("after %i failed attempts the wait is %i ms, a quarter more or less", (failed, wait) => {
  expect(retryDelay(failed, MIDDLE)).toBe(wait);
  expect(retryDelay(failed, 0)).toBe(wait * 0.75);
  expect(retryDelay(failed, 1)).toBe(wait * 1.25);
});

test.each([
  [1, 0],
  [2, 0],
  [3, 5_000],
  [4, 15_000],
  [7, 300_000],
  [1000, 300_000],
])("after %i failures in a row an endpoint rests %i ms", (failures, rest) => {
  expect(restAfter(failures, MIDDLE)).toBe(rest);
});

test.each([
  [200, "delivered"],
  [204, "delivered"],
  [299, "delivered"],
  [300, "waiting"],
  [302, "waiting"],
  [400, "waiting"],
  [404, "waiting"],
  [429, "waiting"],
  [500, "waiting"],
  [199, "waiting"],
  [410, "failed"],
] as const)("an answer of %i leaves the delivery %s", (status, state) => {
  expect(progressAfter(NEW, { status }, NOW, MIDDLE).state).toBe(state);
});

test.each([
  ["TIMED_OUT", "waiting"],
  ["HOST_NOT_FOUND", "waiting"],
  ["ADDRESS_NOT_ALLOWED", "waiting"],
  ["CONNECTION_FAILED", "waiting"],
  ["TLS_FAILED", "waiting"],
  ["EVENT_EXPIRED", "failed"],
] as const)("without an answer, %s leaves the delivery %s", (failure, state) => {
  expect(progressAfter(NEW, { failure }, NOW, MIDDLE).state).toBe(state);
});

test.each([0, 0.3, 0.999])(
  "a receiver that is down is tried for three days, the last time at their end (%d)",
  (chance) => {
    let progress = progressAfter(NEW, { status: 500 }, NOW, chance);
    const waits: number[] = [];
    let now = NOW;
    while (progress.due) {
      waits.push(progress.due.getTime() - now.getTime());
      now = progress.due;
      progress = progressAfter(progress, { status: 500 }, now, chance);
    }
    expect(now).toEqual(at(3 * DAY));
    expect(progress.state).toBe("failed");
    expect(waits.length).toBeGreaterThanOrEqual(12);
    expect(waits.length).toBeLessThanOrEqual(20);
  },
);

const DOWN: AttemptResult = { status: 503 };
const failing = (change: Partial<EndpointHealth>): EndpointHealth => ({
  ...HEALTHY,
  failures: 5,
  failingSince: NOW,
  ...change,
});

test.each([
  ["the first failure", HEALTHY, DOWN, 0, null, false],
  ["59 minutes of failures", failing({}), DOWN, 3_540_000, null, false],
  ["an hour of failures is told", failing({}), DOWN, 3_600_000, null, true],
  ["and not again", failing({ told: at(3_600_000) }), DOWN, 7_200_000, null, false],
  ["three days less a second", failing({ told: NOW }), DOWN, 3 * DAY - 1000, null, false],
  ["three days of failures disable", failing({ told: NOW }), DOWN, 3 * DAY, "failing", true],
  ["410 disables at once", HEALTHY, { status: 410 }, 0, "gone", true],
  [
    "an event that is no longer stored is not the endpoint's fault",
    failing({}),
    { failure: "EVENT_EXPIRED" },
    3 * DAY,
    null,
    false,
  ],
  ["a redirect is a failure", failing({}), { status: 301 }, 3 * DAY, "failing", true],
  [
    "a blocked address is a failure",
    failing({}),
    { failure: "ADDRESS_NOT_ALLOWED" },
    3 * DAY,
    "failing",
    true,
  ],
] as const)("%s", (_, health, result, later, disabled, tells) => {
  expect(healthAfter(health, result, at(later), MIDDLE)).toMatchObject({ disabled, tells });
});

test("a success ends a series of failures", () => {
  const after = healthAfter(failing({ told: NOW, rest: at(1) }), { status: 200 }, at(3 * DAY), MIDDLE);
  expect(after).toEqual({ ...HEALTHY, disabled: null, tells: false });
});

test("the delivery that is given up is the one that disables a receiver that never answered", () => {
  let progress = progressAfter(NEW, DOWN, NOW, MIDDLE);
  let health = healthAfter(HEALTHY, DOWN, NOW, MIDDLE);
  while (progress.due) {
    const now = progress.due;
    expect(health.disabled).toBe(null);
    progress = progressAfter(progress, DOWN, now, MIDDLE);
    health = healthAfter(health, DOWN, now, MIDDLE);
  }
  expect(health.disabled).toBe("failing");
});
