import { expect, test } from "vitest";
import { isServing, licenseMark, seatState, timeState, worstState } from "./license-state";

test.each([
  ["revoked", "expired", true, "revoked"],
  ["suspended", "active", false, "suspended"],
  ["active", "expired", true, "expired"],
  ["active", "grace", false, "expired"],
  ["active", "expiring", true, "trial"],
  ["active", "not-yet-valid", false, "active"],
] as const)("%s, %s, trial %s has the mark %s", (status, standing, trial, seal) =>
  expect(licenseMark(status, standing, trial)).toBe(seal),
);

test("the worst state of a license is the first in order, and within is none", () => {
  expect(worstState(["near", "excess", "overage"])).toBe("excess");
  expect(worstState(["within", "expired", "exceeded"])).toBe("expired");
  expect(worstState([])).toBe("within");
});

test.each([
  [{ quota: 0, overage: 0 }, 0, "within"],
  [{ quota: 0, overage: 0 }, 1, "exceeded"],
  [{ quota: 100, overage: 20 }, 79, "within"],
  [{ quota: 100, overage: 20 }, 80, "near"],
  [{ quota: 100, overage: 20 }, 100, "near"],
  [{ quota: 100, overage: 0 }, 100, "exceeded"],
  [{ quota: 100, overage: 20 }, 101, "overage"],
  [{ quota: 100, overage: 20 }, 119, "overage"],
  [{ quota: 100, overage: 20 }, 120, "exceeded"],
  [{ quota: 100, overage: 20 }, 121, "exceeded"],
  [{ quota: 100, overage: "YES" }, 9999, "overage"],
] as const)("%j with %i minutes used is %s", (grant, total, state) =>
  expect(timeState(grant, total, false)).toBe(state),
);

test.each([
  [10, "near"],
  [100, "near"],
  [101, "overage"],
  [120, "exceeded"],
] as const)("%i of 100 + 20 minutes that cross a limit this month is %s", (total, state) =>
  expect(timeState({ quota: 100, overage: 20 }, total, true)).toBe(state),
);

test.each([
  [0, 0, "within"],
  [1, 0, "excess"],
  [79, 100, "within"],
  [80, 100, "near"],
  [100, 100, "near"],
  [101, 100, "excess"],
] as const)("%i of %i seats is %s", (live, units, state) => expect(seatState(live, units)).toBe(state));

test.each([
  ["active", "active", true],
  ["active", "grace", true],
  ["active", "expired", false],
  ["suspended", "active", false],
  ["revoked", "active", false],
] as const)("a license that is %s and %s is serving: %s", (status, standing, serves) =>
  expect(isServing(status, standing)).toBe(serves),
);
