import { expect, test } from "vitest";
import type { LicenseAllotment } from "./license-allotments";
import { licenseFigures } from "./license-figures";
import type { LicenseHealth } from "./license-summary";

const NOW = new Date("2026-08-24T10:00:00Z");
const day = (count: number) => new Date(NOW.getTime() + count * 86_400_000);

const seats = (live: number, units: number): LicenseAllotment => {
  const state = live > units ? "excess" : "within";
  return { class: "assigned", name: "analyzer", live, units, reserved: 0, state, isDropped: false };
};
const minutes = (total: number, quota: number): LicenseAllotment => ({
  ...{ class: "time", name: "analyzer_time", total, quota, overage: 0, reserved: 0, remaining: 0 },
  ...{ denied: false, hasEnded: false, crossing: null, expected: null, state: "within" },
});
const row = (facts: Partial<LicenseHealth>) => ({
  glance: {
    ...{ status: "active" as const, standing: "active" as const, endsAt: null, pools: [], contact: null },
    ...{ silent: null, requested: null, rejected: null, suspected: null },
    ...facts,
  },
});

test("the figures are sums over the licenses that serve somebody", () => {
  const silent = (sites: number) => ({ sites, since: day(-3), name: "Munich" });
  const rows = [
    row({ pools: [seats(12, 10), seats(3, 5), minutes(120, 100)], silent: silent(2), endsAt: day(59) }),
    row({ pools: [minutes(40, 1000)], silent: silent(1), endsAt: day(12), standing: "expiring" }),
    row({ pools: [seats(7, 7)], standing: "grace", endsAt: day(-2) }),
    row({ endsAt: day(60) }),
    row({ status: "suspended", pools: [seats(100, 100), minutes(5, 5)], silent: silent(9), endsAt: day(1) }),
    row({ standing: "expired", pools: [seats(100, 100)], silent: silent(9), endsAt: day(-90) }),
  ];
  expect(licenseFigures(rows, NOW)).toEqual({
    seats: { taken: 22, units: 22 },
    minutes: { used: 160, quota: 1100, over: 20 },
    silent: { deployments: 3, licenses: 2 },
    ending: { licenses: 2, next: day(12) },
  });
});

test("without licenses every figure is zero", () => {
  expect(licenseFigures([], NOW)).toEqual({
    seats: { taken: 0, units: 0 },
    minutes: { used: 0, quota: 0, over: 0 },
    silent: { deployments: 0, licenses: 0 },
    ending: { licenses: 0, next: null },
  });
});
