import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  answeredBase,
  type Cursor,
  decodeCursor,
  encodeCursor,
  epochScope,
  page,
  syncPlan,
  withHorizon,
} from "./sync";

const logHead = { version: 50, horizon: 10, epoch: "b" };
const delta: Cursor = { mode: "delta", to: 40, after: 20, epoch: "b" };
const snapshot: Cursor = { mode: "snapshot", to: 40, after: 20, epoch: "b" };
const again = { mode: "snapshot", from: 0, to: 50, epoch: "b" };

describe("a plan", () => {
  test.each([
    ["no base", null, again],
    ["version 0", { version: 0, epoch: "b" }, again],
    ["below the horizon", { version: 9, epoch: "b" }, again],
    ["at the horizon", { version: 10, epoch: "b" }, { mode: "delta", from: 10, to: 50, epoch: "b" }],
    ["without an epoch", { version: 49 }, { mode: "delta", from: 49, to: 50, epoch: "b" }],
    ["up to date", { version: 50, epoch: "b" }, { mode: "delta", from: 50, to: 50, epoch: "b" }],
    ["above the server", { version: 51, epoch: "b" }, again],
    ["above the server, without an epoch", { version: 51 }, again],
    ["of another epoch", { version: 20, epoch: "a" }, again],
    ["of an empty epoch", { version: 20, epoch: "" }, again],
    ["negative", { version: -1 }, again],
    ["no whole number", { version: 20.5 }, again],
    ["no number", { version: Number.NaN }, again],
  ])("for a base %s", (_, base, plan) => expect(syncPlan(logHead, base, null)).toEqual(plan));

  test("for the first contact of an empty license is an empty snapshot", () => {
    const empty = { version: 0, horizon: 0, epoch: "b" };
    expect(syncPlan(empty, { version: 0 }, null)).toEqual({ mode: "snapshot", from: 0, to: 0, epoch: "b" });
  });

  test.each([
    ["a delta goes on", delta, { version: 15 }, { mode: "delta", from: 20, to: 40, epoch: "b" }],
    ["a delta below the horizon begins again", delta, { version: 9 }, again],
    ["a delta of another epoch begins again", { ...delta, epoch: "a" }, { version: 15 }, again],
    ["a delta beyond the server begins again", { ...delta, to: 51 }, { version: 15 }, again],
    ["a delta without a base begins again", delta, null, again],
    ["a delta on a base of another epoch begins again", delta, { version: 15, epoch: "a" }, again],
    ["a snapshot goes on", snapshot, { version: 15 }, { mode: "snapshot", from: 20, to: 40, epoch: "b" }],
    ["a snapshot needs no base", snapshot, null, { mode: "snapshot", from: 20, to: 40, epoch: "b" }],
    ["a snapshot does not mind a purge", snapshot, { version: 9 }, { ...again, from: 20, to: 40 }],
    ["a snapshot of another epoch begins again", { ...snapshot, epoch: "a" }, null, again],
    ["a snapshot beyond the server begins again", { ...snapshot, to: 51 }, null, again],
  ] as const)("%s", (_, cursor, base, plan) => expect(syncPlan(logHead, base, cursor)).toEqual(plan));
});

describe("a page", () => {
  const plan = syncPlan(logHead, { version: 20 }, null);
  const rows = [21, 25, 26].map((version) => ({ version }));

  test.each([
    [3, 3, null],
    [2, 2, { mode: "delta", to: 50, after: 25, epoch: "b" }],
    [1, 1, { mode: "delta", to: 50, after: 21, epoch: "b" }],
  ])("of at most %i rows", (limit, count, more) => {
    expect(page(plan, rows, limit)).toEqual({ rows: rows.slice(0, count), more });
  });

  test("may be empty", () => expect(page(plan, [])).toEqual({ rows: [], more: null }));
});

test.each([
  ["the last page carries the version of the first", { version: 15 }, null, 40],
  ["a page before keeps the sent base", { version: 15, epoch: "b" }, delta, 15],
  ["also one below the horizon", { version: 9 }, delta, 9],
  ["no base is 0", null, snapshot, 0],
  ["a base of another epoch counts as 0", { version: 15, epoch: "a" }, snapshot, 0],
  ["a base above the server counts as 0", { version: 51 }, snapshot, 0],
] as const)("in `bases` %s", (_, base, more, version) => {
  const plan = { ...again, mode: "snapshot", to: 40 } as const;
  expect(answeredBase(logHead, base, plan, more)).toEqual({ version, epoch: "b" });
});

describe("a cursor", () => {
  const cursors = fc
    .record({
      mode: fc.constantFrom("delta" as const, "snapshot" as const),
      after: fc.nat(1e9),
      length: fc.integer({ min: 1, max: 1e9 }),
      epoch: fc.oneof(fc.uuid(), fc.string({ unit: "grapheme", maxLength: 50 })),
    })
    .map(({ length, ...cursor }): Cursor => ({ ...cursor, to: cursor.after + length }));

  test("round-trips in characters that need no escaping", () => {
    fc.assert(
      fc.property(cursors, (cursor) => {
        const text = encodeCursor(cursor);
        expect(text).toMatch(/^[\w-]+$/);
        expect(decodeCursor(text)).toEqual(cursor);
      }),
    );
  });

  const raw = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

  test.each([
    "",
    "x",
    `${encodeCursor(delta)}=`,
    ` ${encodeCursor(delta)}`,
    raw(null),
    raw({ ...delta }),
    raw([]),
    raw(["delta", 40, 20]),
    raw(["delta", 40, 20, "b", 1]),
    raw(["all", 40, 20, "b"]),
    raw(["delta", 40, 40, "b"]),
    raw(["delta", 40, -1, "b"]),
    raw(["delta", 40.5, 20, "b"]),
    raw(["delta", "40", 20, "b"]),
    raw(["delta", 2 ** 53, 20, "b"]),
    raw(["delta", 40, 20, 7]),
    raw(["delta", 40, 20, "b\n"]),
    raw(["delta", 40, 20, "b".repeat(201)]),
    Buffer.from('["delta", 40, 20, "b"]').toString("base64url"),
    "x".repeat(3000),
    7,
    null,
    undefined,
  ])("%j is not a cursor", (text) => expect(decodeCursor(text)).toBeNull());
});

describe("the scope of an epoch", () => {
  const allotment = (name: string, products?: string[]) => ({
    name,
    usage: { class: "assigned" as const, minimum: 1 },
    provisions: [],
    units: [],
    ...(products && { products }),
  });
  const whole = (...allotments: ReturnType<typeof allotment>[]) => ({
    product: "QSEfW",
    valid: "",
    trial: false,
    allotments,
    parameters: [],
  });
  const parted = whole(allotment("analyzer"), allotment("professional", ["QCS"]), allotment("core", ["QDI"]));

  test("is empty if every allotment is open to all products", () => {
    const open = whole(allotment("analyzer"), allotment("professional"));
    for (const product of ["QSEfW", "QCS", null]) expect(epochScope(open, product)).toBe("");
  });

  test("differs by what a product sees, and by nothing else", () => {
    const [windows, cloud, integration] = ["QSEfW", "QCS", "QDI"].map((product) =>
      epochScope(parted, product),
    );
    expect(cloud).toMatch(/^-[0-9a-f]{8}$/);
    expect(new Set([windows, cloud, integration]).size).toBe(3);
    expect(epochScope(parted, "QV")).toBe(windows);
    const turned = { ...parted, valid: "2020", allotments: parted.allotments.toReversed() };
    expect(epochScope(turned, "QCS")).toBe(cloud);
  });
});

test.each([
  [59, 10],
  [60, 40],
  [400, 40],
])("after %i days the tombstones count as purged up to version %i", (days, horizon) => {
  const released = new Date("2026-01-01T00:00:00Z");
  const now = new Date(released.getTime() + days * 86_400_000);
  const rows = [
    { version: 30, deleted: released.toISOString() },
    { version: 40, deleted: released.toISOString() },
    { version: 45, deleted: null },
    { version: 50, deleted: now.toISOString() },
  ];
  expect(withHorizon(logHead, rows, now)).toEqual({ ...logHead, horizon });
});
