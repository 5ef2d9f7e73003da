import { expect, test } from "vitest";
import { byUrgency, matterOf, type Need, needsOf } from "./attention";
import type { SeatAllotment, TimeAllotment } from "./license-allotments";
import { type LicenseHealth, mostUsed, silence, statesOf } from "./license-summary";

const NOW = new Date("2026-08-24T10:00:00Z");
const day = (count: number) => new Date(NOW.getTime() + count * 86_400_000);

const seats = (live: number, units: number, state: SeatAllotment["state"]): SeatAllotment => {
  return { class: "assigned", name: "analyzer", live, units, reserved: 0, state, isDropped: false };
};
const minutes = (total: number, state: TimeAllotment["state"]): TimeAllotment => {
  const limits = { quota: 100, overage: 20, remaining: 120 - total, denied: total >= 120, hasEnded: false };
  return {
    class: "time",
    name: "analyzer_time",
    total,
    reserved: 0,
    ...limits,
    crossing: null,
    expected: null,
    state,
  };
};
const fine: LicenseHealth = {
  status: "active",
  standing: "active",
  endsAt: day(300),
  pools: [seats(3, 10, "within"), minutes(10, "within")],
  contact: NOW,
  silent: null,
  requested: null,
  rejected: null,
  suspected: null,
};
const troubled: LicenseHealth = {
  ...fine,
  pools: [seats(12, 10, "excess"), minutes(110, "overage"), minutes(121, "exceeded")],
  silent: { sites: 1, since: day(-3), name: "Munich" },
  requested: { sites: 1, product: "QV", name: "192.0.2.7" },
  rejected: { subjects: 14, code: "NO_AVAILABLE_UNITS" },
  suspected: { sites: 2, code: "two-places", name: "Munich" },
};

test.each<[string, Partial<LicenseHealth>, string[], string[]]>([
  ["in order", {}, ["within"], []],
  ["near a limit", { pools: [seats(10, 10, "near"), minutes(90, "near")] }, ["near"], []],
  [
    "going to cross its quota",
    { pools: [{ ...minutes(50, "near"), crossing: { limit: "quota", on: "2026-08-27" } }] },
    ["near"],
    ["crossing"],
  ],
  [
    "in overage and going to reach its cap",
    { pools: [{ ...minutes(110, "overage"), crossing: { limit: "cap", on: "2026-08-27" } }] },
    ["overage"],
    ["overage"],
  ],
  [
    "in every trouble",
    troubled,
    ["exceeded", "excess", "overage", "rejected", "silent"],
    ["exceeded", "excess", "overage", "requested", "rejected", "suspected", "silent"],
  ],
  ["suspended in trouble", { ...troubled, status: "suspended" }, ["suspended"], []],
  ["revoked in trouble", { ...troubled, status: "revoked" }, ["revoked"], []],
  [
    "over near its quota",
    { standing: "expired", endsAt: day(-40), pools: [minutes(90, "near")] },
    ["expired"],
    [],
  ],
  ["over since a week", { ...troubled, standing: "expired", endsAt: day(-7) }, ["expired"], ["ended"]],
  [
    "in grace, and over its quota",
    { standing: "grace", endsAt: day(-3), pools: [minutes(110, "overage")] },
    ["expired", "overage"],
    ["ended", "overage"],
  ],
  ["soon to end", { standing: "expiring", endsAt: day(12) }, ["within"], ["ending"]],
  ["not begun", { standing: "not-yet-valid" }, ["within"], []],
  ["without an end", { endsAt: null }, ["within"], []],
])("a license that is %s", (_, facts, states, needs) => {
  const glance = { ...fine, ...facts };
  expect(statesOf(glance)).toEqual(states);
  expect(needsOf(glance, NOW).map(({ kind }) => kind)).toEqual(needs);
});

test("rows are sorted by urgency, and otherwise keep their order", () => {
  const silent: Need = { kind: "silent", sites: 1, since: day(-3), name: "Munich" };
  const rows = [
    { license: "1", need: silent },
    { license: "2", need: { kind: "excess", pool: seats(12, 10, "excess") } as const },
    { license: "3", need: silent },
  ];
  expect(byUrgency(rows).map(({ license }) => license)).toEqual(["2", "1", "3"]);
  expect(matterOf(silent)).toBe("contact");
});

test("among needs of one kind the worst comes first", () => {
  const crossing = (limit: "cap" | "quota", on: string) =>
    ({ kind: "crossing", pool: { ...minutes(50, "near"), crossing: { limit, on } } }) as const;
  const needs: Need[] = [
    { kind: "ending", at: day(20), inGrace: false },
    { kind: "ending", at: day(12), inGrace: false },
    { kind: "silent", sites: 1, since: day(-3), name: "Munich" },
    { kind: "silent", sites: 1, since: day(-30), name: "Lugano" },
    crossing("quota", "2026-08-25"),
    crossing("cap", "2026-08-28"),
    crossing("cap", "2026-08-26"),
    { kind: "overage", pool: minutes(105, "overage") },
    { kind: "overage", pool: minutes(118, "overage") },
    { kind: "ended", at: day(-2), inGrace: true },
    { kind: "excess", pool: seats(11, 10, "excess") },
    { kind: "excess", pool: seats(5, 1, "excess") },
    { kind: "exceeded", pool: minutes(121, "exceeded") },
    { kind: "ended", at: day(-2), inGrace: false },
    { kind: "rejected", subjects: 2, code: "NO_AVAILABLE_UNITS" },
    { kind: "rejected", subjects: 14, code: "NO_AVAILABLE_UNITS" },
  ];
  const words = (need: Need) => {
    if (need.kind === "crossing")
      return `${need.kind} ${need.pool.crossing?.limit} ${need.pool.crossing?.on}`;
    if ("pool" in need)
      return `${need.kind} ${need.pool.class === "time" ? need.pool.total : need.pool.live}`;
    if (need.kind === "silent") return `silent ${need.name}`;
    if (need.kind === "rejected") return `rejected ${need.subjects}`;
    if (need.kind === "ended") return `ended${need.inGrace ? ", in grace" : ""}`;
    return need.kind === "ending" ? `ending ${need.at.toISOString().slice(0, 10)}` : need.kind;
  };
  expect(byUrgency(needs.map((need) => ({ need }))).map(({ need }) => words(need))).toEqual([
    "ended",
    "exceeded 121",
    "excess 5",
    "excess 11",
    "ended, in grace",
    "overage 118",
    "overage 105",
    "crossing cap 2026-08-26",
    "crossing cap 2026-08-28",
    "crossing quota 2026-08-25",
    "rejected 14",
    "rejected 2",
    "silent Lugano",
    "silent Munich",
    "ending 2026-09-05",
    "ending 2026-09-13",
  ]);
});

test("a deployment is silent after one day, and isn't expected back after sixty", () => {
  expect(silence(NOW)).toEqual({ before: day(-1), gone: day(-60) });
});

test("the share used is that of the fullest allotment", () => {
  expect(mostUsed(troubled)).toBe(1.21);
  expect(mostUsed({ pools: [] })).toBeNull();
});
