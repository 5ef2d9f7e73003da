import { expect, test } from "vitest";
import type { LicenseAllotment } from "./license-allotments";
import { endsByMonth, type LicenseHealth, statesOf, worstFirst } from "./license-summary";

const NOW = new Date("2026-11-24T12:00:00Z");

const minutes = (total: number): LicenseAllotment => ({
  ...{
    name: "analyzer_time",
    class: "time",
    quota: 100,
    overage: 0,
    total,
    reserved: 0,
    remaining: 100 - total,
    crossing: null,
    expected: null,
  },
  ...{ state: total > 100 ? "exceeded" : "within", denied: total >= 100, hasEnded: false },
});

const glance = (more: Partial<LicenseHealth> = {}): LicenseHealth => ({
  ...{ status: "active", standing: "active", endsAt: null, pools: [], contact: null },
  ...{ silent: null, requested: null, rejected: null, suspected: null },
  ...more,
});

const row = (name: string, more: Partial<LicenseHealth>) => {
  const of = glance(more);
  return { name, glance: of, states: statesOf(of) };
};

test("licenses that need attention come first, then the worst state, then the fullest; revoked ones aren't listed", () => {
  const silent = row("silent", { pools: [minutes(5)] });
  const rows = [
    row("fine", { pools: [minutes(10)] }),
    row("expired", { standing: "expired" }),
    row("fuller", { pools: [minutes(60)] }),
    row("revoked", { status: "revoked" }),
    row("over", { pools: [minutes(120)] }),
    silent,
  ];
  expect(worstFirst(rows, [silent, silent]).map(({ name }) => name)).toEqual([
    "silent",
    "over",
    "fuller",
    "fine",
    "expired",
  ]);
});

test("a license is counted in the month of its last day, and only while it is active", () => {
  const ends = (day: string, status: LicenseHealth["status"] = "active") =>
    row(day, { status, endsAt: new Date(`${day}T00:00:00Z`) });
  const rows = [
    ends("2026-12-01"),
    ends("2027-01-01"),
    ends("2026-12-02"),
    ends("2026-12-31", "suspended"),
    ends("2028-01-01"),
    row("always", {}),
  ];
  expect(endsByMonth(rows, NOW, 3)).toEqual([
    { month: "2026-11", licenses: 1 },
    { month: "2026-12", licenses: 2 },
    { month: "2027-01", licenses: 0 },
  ]);
});
