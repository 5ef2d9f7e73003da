import { expect, test } from "vitest";
import type { SeatAllotment } from "./license-allotments";
import { conditionOf, countConditions } from "./license-condition";
import type { LicenseHealth } from "./license-summary";

const NOW = new Date("2026-08-24T10:00:00Z");
const day = (count: number) => new Date(NOW.getTime() + count * 86_400_000);

const seats = (live: number, state: SeatAllotment["state"]): SeatAllotment => {
  return { class: "assigned", name: "analyzer", live, units: 10, reserved: 0, state, isDropped: false };
};
const fine: LicenseHealth = {
  ...{ status: "active", standing: "active", endsAt: day(300), pools: [seats(3, "within")] },
  ...{ contact: NOW, silent: null, requested: null, rejected: null, suspected: null },
};

const CASES: [string, Partial<LicenseHealth>, string][] = [
  ["fine", {}, "healthy"],
  ["not yet valid", { standing: "not-yet-valid" }, "healthy"],
  ["nearly full", { pools: [seats(8, "near")] }, "near"],
  ["full", { pools: [seats(10, "near")] }, "near"],
  ["beyond its seats", { pools: [seats(12, "excess")] }, "needs"],
  [
    "nearly full and soon to end",
    { standing: "expiring", endsAt: day(12), pools: [seats(8, "near")] },
    "needs",
  ],
  ["in grace", { standing: "grace", endsAt: day(-3) }, "needs"],
  ["expired a week ago", { standing: "expired", endsAt: day(-7) }, "needs"],
  ["expired long ago", { standing: "expired", endsAt: day(-40) }, "stopped"],
  ["suspended", { status: "suspended", pools: [seats(12, "excess")] }, "stopped"],
  ["revoked", { status: "revoked" }, "stopped"],
];

test.each(CASES)("a license that is %s", (_, facts, condition) => {
  expect(conditionOf({ ...fine, ...facts }, NOW)).toBe(condition);
});

test("the counts of the conditions add up to all licenses", () => {
  const counts = countConditions(
    CASES.map(([, facts]) => ({ ...fine, ...facts })),
    NOW,
  );
  expect(counts).toEqual({ needs: 4, near: 2, healthy: 2, stopped: 3 });
});
