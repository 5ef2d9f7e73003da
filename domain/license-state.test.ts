import { expect, test } from "vitest";
import { sealStatus, seatState, timeState, worstState } from "@/domain/license-state";

test.each([
  ["revoked", "expired", true, "revoked"],
  ["suspended", "active", false, "suspended"],
  ["active", "expired", true, "expired"],
  ["active", "grace", false, "expired"],
  ["active", "expiring", true, "trial"],
  ["active", "not-yet-valid", false, "active"],
] as const)("%s, %s, trial %s wears the seal of %s", (status, standing, trial, seal) =>
  expect(sealStatus(status, standing, trial)).toBe(seal),
);

test("the worst state of a license is the first of the order, and none is within", () => {
  expect(worstState(["near", "excess", "overage"])).toBe("excess");
  expect(worstState(["within", "expired", "exceeded"])).toBe("expired");
  expect(worstState([])).toBe("within");
});

test.each([
  ["within", 0, 0, "within"],
  ["within", 79, 100, "within"],
  ["within", 80, 100, "near"],
  ["within", 100, 100, "near"],
  ["overage", 101, 100, "overage"],
  ["exceeded", 121, 100, "exceeded"],
] as const)("%s at %i of %i minutes is %s", (standing, total, quota, state) =>
  expect(timeState(standing, total, quota)).toBe(state),
);

test.each([
  [0, 0, "within"],
  [1, 0, "excess"],
  [79, 100, "within"],
  [80, 100, "near"],
  [100, 100, "near"],
  [101, 100, "excess"],
] as const)("%i of %i seats is %s", (live, units, state) => expect(seatState(live, units)).toBe(state));
