import { describe, expect, test } from "vitest";
import {
  bookOnLease,
  decideLease,
  freeIn,
  isLeasable,
  type LeaseRequest,
  type LeaseTotals,
  type MinuteLease,
  minuteLeaseEnd,
  NO_LEASE,
  released,
  reservedBy,
} from "./lease-rules";

const NOW = new Date("2026-11-10T12:00:00Z");
const TERMS = { now: NOW, isLicenseOver: false, isHeld: false };
const HELD = { ...TERMS, isHeld: true };
const TOTALS: LeaseTotals = { cap: 600, total: 0, reserved: 0, open: 0, block: 6 };
const ASK: LeaseRequest = {
  ...{ month: "2026-11", sequence: 1, used: 0, reported: 0, want: 60, lease: null, granted: null },
};

const request = (more: Partial<LeaseRequest>): LeaseRequest => ({ ...ASK, ...more });
const lease = (more: Partial<MinuteLease>): MinuteLease => ({ ...NO_LEASE, ...more });
const decide = (
  known: MinuteLease | null,
  ask: Partial<LeaseRequest>,
  totals: Partial<LeaseTotals> = {},
  terms = TERMS,
) => decideLease(known, request(ask), { ...TOTALS, ...totals }, terms);

describe("what is added", () => {
  test.each<[string, MinuteLease | null, Partial<LeaseRequest>, Partial<LeaseTotals>, number]>([
    ["all that is wanted", null, { want: 60 }, {}, 60],
    ["at most what is free, in whole blocks", null, { want: 600 }, { cap: 100 }, 96],
    ["what is free counts reserved minutes", null, { want: 600 }, { cap: 100, total: 40, reserved: 30 }, 30],
    ["a share beside other leases", null, { want: 600 }, { cap: 600, open: 9 }, 60],
    ["a share in whole blocks", null, { want: 600 }, { cap: 100, open: 2 }, 30],
    ["a block at least while one is free", null, { want: 600 }, { cap: 12, open: 9 }, 6],
    ["nothing if less than a block is free", null, { want: 600 }, { cap: 605, total: 600 }, 0],
    ["nothing above the cap", null, { want: 600 }, { cap: 100, total: 300 }, 0],
    ["less than a block if less is wanted", null, { want: 4 }, {}, 4],
    [
      "only the difference",
      lease({ granted: 60, sequence: 1 }),
      { sequence: 2, used: 40, want: 60 },
      {},
      100,
    ],
    ["nothing without a cap, which reserves nothing", null, { want: 60 }, { cap: null }, 0],
  ])("is %s", (_, known, ask, totals, granted) => {
    expect(decide(known, ask, totals).lease.granted).toBe(granted);
  });

  test("is nothing after the license's end and grace days, and says so", () => {
    const over = { ...TERMS, isLicenseOver: true };
    expect(decide(null, {}, {}, over)).toMatchObject({ lease: { granted: 0 }, reason: "LICENSE_NOT_VALID" });
    const known = lease({ granted: 60, sequence: 1 });
    expect(decide(known, { sequence: 2, want: 0 }, {}, over).lease.granted).toBe(0);
  });

  test("is nothing for a run whose lease is unknown here, until it asks again", () => {
    const holding = { lease: "a", granted: 60, used: 40, sequence: 8 };
    const { lease: begun } = decide(null, holding);
    expect(begun).toMatchObject({ granted: 0, sequence: 8, state: "open" });
    expect(decide(begun, { ...holding, granted: 40, sequence: 9, want: 20 }).lease.granted).toBe(60);
  });
});

describe("what comes back", () => {
  const known = lease({ granted: 60, booked: 30, sequence: 1 });

  test.each<[string, Partial<LeaseRequest>, number]>([
    ["what a run no longer wants", { used: 40, want: 10 }, 50],
    ["everything that it didn't use", { used: 40, want: 0 }, 40],
    ["nothing that is booked", { used: 30, want: 0 }, 30],
  ])("is %s", (_, ask, granted) => {
    expect(decide(known, { sequence: 2, ...ask }).lease.granted).toBe(granted);
  });

  test("is possible while nothing is free, and during a hold", () => {
    const ask = { sequence: 2, used: 40, want: 0 };
    expect(decide(known, ask, { total: 600 }).lease.granted).toBe(40);
    expect(decide(known, ask, {}, HELD).lease.granted).toBe(40);
  });
});

describe("repetitions and copies", () => {
  const { lease: answered } = decide(null, { sequence: 5 });

  test("a repetition gets the same answer and changes nothing", () => {
    expect(decide(answered, { sequence: 5 }, { total: 600 }).lease).toBe(answered);
  });

  test("an older request changes nothing", () => {
    expect(decide(answered, { sequence: 4 })).toMatchObject({ error: "SEQUENCE_BEHIND", lease: answered });
  });

  test.each<[string, Partial<LeaseRequest>]>([
    ["another request under the same number", { sequence: 5, want: 61 }],
    ["less used than booked", { sequence: 6, used: 5 }],
  ])("%s shows a copy of the run, which gets nothing more", (_, ask) => {
    const booked = { ...answered, booked: 6 };
    const { lease: copied, error } = decide(booked, ask);
    expect([error, copied.state, copied.granted]).toEqual(["RUN_COPIED", "copied", 60]);
    expect(decide(copied, { sequence: 7, used: 60 })).toMatchObject({ error: "RUN_COPIED", lease: copied });
    expect(reservedBy(copied)).toBe(54);
  });

  test("a released lease gets nothing more, and keeps nothing from others", () => {
    const before = { ...answered, booked: 12 };
    const lease = { ...before, ...released(before) };
    expect([lease.granted, reservedBy(lease)]).toEqual([12, 0]);
    expect(decide(lease, { sequence: 6, used: 20 })).toMatchObject({ error: "LEASE_RELEASED" });
    expect(bookOnLease(lease, 8)).toEqual({ lease, unleased: 8 });
  });
});

describe("the month", () => {
  test.each([
    ["2026-11-10T12:00:00Z", "2026-11", true],
    ["2026-11-30T23:59:59.999Z", "2026-11", true],
    ["2026-12-01T00:00:00Z", "2026-11", false],
    ["2026-11-30T00:00:00Z", "2026-12", true],
    ["2026-11-29T23:59:59.999Z", "2026-12", false],
  ])("at %s minutes of %s can be leased: %s", (now, month, isOpen) => {
    expect(isLeasable(month, new Date(now))).toBe(isOpen);
    const { error } = decideLease(null, request({ month }), TOTALS, { ...TERMS, now: new Date(now) });
    expect(error).toBe(isOpen ? undefined : "MONTH_CLOSED");
  });
});

describe("a hold after a restore", () => {
  test("makes and raises nothing", () => {
    expect(decide(null, {}, {}, HELD)).toMatchObject({ lease: { granted: 0 }, reason: "HOLD" });
    const known = lease({ granted: 60, sequence: 1 });
    const ask = { sequence: 2, used: 60, granted: 60 };
    expect(decide(known, ask, {}, HELD)).toMatchObject({
      lease: { granted: 60 },
      reason: "HOLD",
      adopted: 0,
    });
  });

  test("takes over what a run holds and has reported, and books what is missing", () => {
    const ask = { sequence: 9, used: 80, reported: 70, granted: 120, lease: "a", want: 60 };
    const known = lease({ granted: 60, booked: 50, sequence: 3 });
    const found = decide(known, ask, {}, HELD);
    expect(found).toMatchObject({ lease: { granted: 120, booked: 70 }, recovered: 20, adopted: 60 });
    expect(decide(null, ask, {}, HELD)).toMatchObject({ recovered: 70, adopted: 120 });
  });

  test("takes over at most the cap, and without one only what was reported", () => {
    const ask = { sequence: 9, used: 900, reported: 700, granted: 900 };
    expect(decide(null, ask, {}, HELD)).toMatchObject({
      lease: { granted: 600, booked: 600 },
      recovered: 600,
    });
    const uncapped = decide(null, ask, { cap: null }, HELD);
    expect(uncapped).toMatchObject({ lease: { granted: 700, booked: 700 }, recovered: 700 });
    expect(uncapped.reason).toBeUndefined();
  });
});

test("booked minutes within the grant change what is reserved, those above it raise the grant and are unleased", () => {
  const held = lease({ granted: 60, booked: 50 });
  expect(bookOnLease(held, 6)).toEqual({ lease: { ...held, booked: 56 }, unleased: 0 });
  const over = bookOnLease(held, 16);
  expect(over).toEqual({ lease: { ...held, booked: 66, granted: 66 }, unleased: 6 });
  expect(reservedBy(over.lease)).toBe(0);
});

test("free is what is neither booked nor reserved, and never below zero", () => {
  expect(freeIn({ ...TOTALS, total: 200, reserved: 100 })).toBe(300);
  expect(freeIn({ ...TOTALS, total: 550, reserved: 100 })).toBe(0);
  expect(freeIn({ ...TOTALS, cap: null })).toBeNull();
});

test("a lease ends after its hours, but not after the deployment may work at all", () => {
  expect(minuteLeaseEnd(NOW, 12, new Date("2026-12-01"))).toEqual(new Date("2026-11-11T00:00:00Z"));
  expect(minuteLeaseEnd(NOW, 12, new Date("2026-11-10T13:00:00Z"))).toEqual(new Date("2026-11-10T13:00:00Z"));
});
