import { describe, expect, test } from "vitest";
import type { PatchResult } from "@/domain/assignments/assignment";
import {
  type CallOrigin,
  evidenceOf,
  isOneInstallation,
  type Moved,
  SUSPICION_CODES,
  type Suspicion,
  suspicionOfBase,
  suspicionOfCreated,
  suspicionOfOrigins,
  suspicionOfSequence,
  suspicionOfSpelling,
  suspicionText,
  worstSuspicion,
} from "./suspicions";

const NOW = new Date("2026-08-24T10:00:00Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();

test.each([
  ["6e3a1f0c-33b1-4a4e-9d5b-0c8d0e6d7a11", true],
  ["6E3A1F0C-33B1-4A4E-9D5B-0C8D0E6D7A11", true],
  ["my assignments", false],
  ["warsaw", false],
  ["6e3a1f0c-33b1-4a4e-9d5b-0c8d0e6d7a11-2", false],
  ["6e3a1f0c33b14a4e9d5b0c8d0e6d7a11", false],
])("the source %s identifies a single installation: %s", (source, expected) =>
  expect(isOneInstallation(source)).toBe(expected),
);

describe("the sequence of a report", () => {
  const SECONDS = NOW.getTime() / 1000;
  test.each([
    { counted: 0, sent: 1, code: undefined },
    { counted: 0, sent: 90_000, code: undefined },
    { counted: 5, sent: 6, code: undefined },
    { counted: 5, sent: 5, code: undefined },
    { counted: 5, sent: 4, code: "sequence-behind" },
    { counted: SECONDS, sent: 4, code: "sequence-behind" },
    { counted: 5, sent: 1005, code: undefined },
    { counted: 5, sent: 1006, code: "sequence-jump" },
    { counted: 5, sent: Number.MAX_SAFE_INTEGER, code: "sequence-jump" },
    { counted: SECONDS - 600_000, sent: SECONDS, code: undefined },
    { counted: NOW.getTime() - 600_000, sent: NOW.getTime(), code: undefined },
    { counted: NOW.getTime() * 1000 - 600_000, sent: NOW.getTime() * 1000, code: undefined },
    { counted: SECONDS, sent: SECONDS + 90_000, code: "sequence-jump" },
  ])("$sent after $counted: $code", ({ counted, sent, code }) => {
    const place = { allotment: "analyzer_time", month: "2026-08" } as const;
    const suspicion = suspicionOfSequence({ ...place, sequence: sent }, counted, NOW);
    expect(suspicion).toEqual(code ? { code, ...place, sent, counted } : null);
  });
});

describe("alternating origins", () => {
  const A: CallOrigin = { address: "192.0.2.7", product: "QSEfW", version: "1.6.4", os: "windows" };
  const B: CallOrigin = { ...A, address: "198.51.100.4" };
  const NEW: CallOrigin = { ...A, version: "1.7.0" };
  const SIX: CallOrigin = { ...A, address: "2001:db8::7" };
  const from = (place: CallOrigin, ...left: [CallOrigin, number][]): Moved => ({
    ...place,
    left: left.map(([was, minutes]) => ({ ...was, at: ago(minutes) })),
  });
  test.each<[string, CallOrigin, Moved, boolean]>([
    ["A B A B within an hour", B, from(A, [A, 59], [B, 20]), true],
    ["A B A B in an hour to the second", B, from(A, [A, 60], [B, 20]), true],
    ["A B A B over more than an hour", B, from(A, [A, 61], [B, 20]), false],
    ["two agents at one address in turn", NEW, from(A, [A, 30], [NEW, 20]), true],
    ["an unknown address counts as before", { ...NEW, address: null }, from(A, [A, 30], [NEW, 20]), true],
    ["a move: A B", B, from(A), false],
    ["a move and back: A B A", A, from(B, [A, 30]), false],
    ["a third place: A B A C", { ...A, address: "192.0.2.8" }, from(A, [A, 30], [B, 20]), false],
    ["ever new places: C B A D", { ...A, address: "192.0.2.8" }, from(A, [SIX, 30], [B, 20]), false],
    ["an upgrade and a move", { ...B, version: "1.7.0" }, from(NEW, [A, 30]), false],
    ["IPv4 and IPv6 of one agent in turn", SIX, from(A, [A, 30], [SIX, 20]), false],
    [
      "IPv4 and IPv6 of two agents in turn",
      { ...SIX, version: "1.7.0" },
      from(A, [A, 30], [{ ...SIX, version: "1.7.0" }, 20]),
      true,
    ],
    [
      "a call that says nothing",
      { address: null, product: null, version: null, os: null },
      from(A, [A, 30], [A, 20]),
      false,
    ],
  ])("%s", (_, call, moved, expected) =>
    expect(suspicionOfOrigins(call, moved, NOW)?.code).toBe(expected ? "two-places" : undefined),
  );

  test("are reported with address and agent", () => {
    const blank = { address: "198.51.100.4", product: null, version: null, os: null };
    expect(suspicionOfOrigins(B, from(A, [A, 30], [B, 20]), NOW)).toEqual({
      code: "two-places",
      places: ["192.0.2.7 as QSEfW 1.6.4 (windows)", "198.51.100.4 as QSEfW 1.6.4 (windows)"],
    });
    const bare = { ...blank, address: "192.0.2.7" };
    expect(suspicionOfOrigins(blank, from(bare, [bare, 30], [blank, 20]), NOW)).toMatchObject({
      places: ["192.0.2.7", "198.51.100.4"],
    });
  });
});

test.each([
  [null, null],
  [{ version: 7 }, null],
  [{ version: 7, epoch: "e" }, null],
  [{ version: 8 }, 8],
  [{ version: 8, epoch: "e" }, 8],
  [{ version: 8, epoch: "before the restore" }, null],
])("a base %o is compared with version 7 of epoch e", (base, sent) => {
  const logHead = { version: 7, horizon: 0, epoch: "e" };
  expect(suspicionOfBase(base, logHead)).toEqual(sent ? { code: "base-ahead", sent, version: 7 } : null);
});

describe("an add of a subject", () => {
  const result = (subject: string, known: string, more: object = {}, row: object = {}): PatchResult =>
    ({
      patch: { instance: "", subject, ...more },
      row: { allotment: "analyzer", subject: known, deleted: null, ...row },
      rejection: "",
    }) as PatchResult;
  test.each<[string, PatchResult, boolean]>([
    ["as it is listed", result("acme\\bob", "acme\\bob"), false],
    ["in capitals", result("ACME\\bob", "acme\\bob"), true],
    ["with white space around", result(" acme\\bob ", "acme\\bob"), false],
    ["in another composition", result("acme\\bjo\u0308rn", "acme\\bj\u00f6rn"), false],
    ["that was released meanwhile", result("ACME\\bob", "", {}, { deleted: NOW }), false],
    ["of a known instance", result("", "acme\\bob", { instance: "77" }), false],
    ["that was rejected", { ...result("ACME\\bob", ""), row: null, rejection: "NO_AVAILABLE_UNITS" }, false],
  ])("%s", (_, one, expected) =>
    expect(suspicionOfSpelling([result("acme\\eve", "acme\\eve"), one])).toEqual(
      expected ? { code: "two-spellings", allotment: "analyzer" } : null,
    ),
  );
});

describe("evidence", () => {
  const spelling: Suspicion = { code: "two-spellings", allotment: "analyzer" };
  const ahead: Suspicion = { code: "base-ahead", sent: 9, version: 7 };
  const at = NOW.toISOString();
  const noted = (minutes: number) => ({ ...spelling, first: ago(500), last: ago(minutes) });

  test("of a new suspicion begins now", () => {
    expect(evidenceOf([spelling, ahead], {}, NOW)).toEqual({
      "two-spellings": { ...spelling, first: at, last: at },
      "base-ahead": { ...ahead, first: at, last: at },
    });
  });
  test("of a known suspicion is confirmed once an hour, so that it costs no writes", () => {
    expect(evidenceOf([spelling], { "two-spellings": noted(59) }, NOW)).toBeNull();
    expect(evidenceOf([spelling], { "two-spellings": noted(60) }, NOW)).toEqual({
      "two-spellings": { ...spelling, first: ago(500), last: at },
    });
    expect(Object.keys(evidenceOf([spelling, ahead], { "two-spellings": noted(5) }, NOW) ?? {})).toEqual([
      "base-ahead",
    ]);
  });
  test("is empty without a suspicion", () => expect(evidenceOf([], {}, NOW)).toBeNull());
});

test("a copied deployment weighs more than two spellings, whatever the order", () => {
  const [spelling, behind] = [{ code: "two-spellings" }, { code: "sequence-behind" }] as const;
  expect(worstSuspicion([spelling, behind])).toBe(behind);
  expect(worstSuspicion([spelling])).toBe(spelling);
  expect(worstSuspicion([])).toBeUndefined();
});

test("every suspicion has a text with its facts", () => {
  const sequence = { allotment: "analyzer_time", month: "2026-08", sent: 3, counted: 5 } as const;
  const words = (
    [
      { code: "run-copied", allotment: "analyzer_time", month: "2026-08" },
      { code: "sequence-behind", ...sequence },
      { code: "sequence-jump", ...sequence, sent: 9005 },
      { code: "two-places", places: ["192.0.2.7", "198.51.100.4 as QSEfW 1.6.4 (windows)"] },
      { code: "base-ahead", sent: 9, version: 7 },
      { code: "two-spellings", allotment: "analyzer" },
      {
        ...{ code: "created-off", allotment: "analyzer" },
        ...{ created: "2020-03-01T00:00:00.000Z", received: "2026-08-24T10:00:00.000Z" },
      },
    ] satisfies Suspicion[]
  ).map((suspicion) => [suspicion.code, suspicionText(suspicion).split(". ")[0]]);
  expect(words.map(([code]) => code)).toEqual([...SUSPICION_CODES]);
  expect(words.map(([, sentence]) => sentence)).toEqual([
    "Two copies of it spend the same reserved minutes of analyzer_time in 2026-08: someone copied its memory or its data folder while it was running",
    "Report 3 for analyzer_time in 2026-08 arrived after report 5 was counted",
    "Its report numbers for analyzer_time in 2026-08 jumped from 5 to 9005",
    expect.stringContaining("from 192.0.2.7 and from 198.51.100.4 as QSEfW 1.6.4 (windows)"),
    "It had synced up to change 9 when this server was at change 7",
    expect.stringContaining("spells a user of analyzer differently"),
    "It added a user of analyzer dated 2020-03-01 on 2026-08-24 by this server's clock",
  ]);
});

describe("the date of a new assignment", () => {
  const DAY = 86_400_000;
  const dated = (days: number, addedAt = 8, changes: object = {}) => {
    const created = new Date(NOW.getTime() + days * DAY);
    const row = { allotment: "analyzer", deleted: null, created, addedAt, ...changes };
    return { patch: { instance: "" }, row, rejection: "" } as PatchResult;
  };
  const since = { version: 7, leaseDays: 14, now: NOW };
  test.each([
    [0, false],
    [-15, false],
    [-15.01, true],
    [-2000, true],
    [1, false],
    [1.01, true],
  ])("of %d days from now is suspicious: %s", (days, expected) => {
    const found = suspicionOfCreated([dated(0), dated(days)], since);
    expect(found?.code).toBe(expected ? "created-off" : undefined);
  });
  test("counts for assignments that were added now and are live", () => {
    expect(suspicionOfCreated([dated(-2000, 7)], since)).toBeNull();
    expect(suspicionOfCreated([dated(-2000, 8, { deleted: NOW })], since)).toBeNull();
  });
});
