import { expect, test } from "vitest";
import { leaseSentence, readLease } from "./lease-request";

const RUN = "0d4c6a5e-6c1b-4a0e-9a57-2f1c3b9d7e10";
const SENT = {
  id: 1,
  allotment: "Analyzer_Time",
  month: "2026-11",
  sequence: 1,
  used: 12,
  reported: 6,
  want: 60,
};

test("a readable request has everything in its usual form", () => {
  expect(readLease(SENT, RUN.toUpperCase())).toEqual({
    ...{ ...SENT, key: "analyzer_time", run: RUN, lease: null, granted: null },
  });
  expect(readLease({ ...SENT, lease: RUN.toUpperCase(), granted: 72 }, RUN)).toMatchObject({
    ...{ lease: RUN, granted: 72 },
  });
});

test.each<[string, object, unknown?]>([
  ["no run", {}, "warsaw"],
  ["no allotment", { allotment: "" }],
  ["no month", { month: "2026-13" }],
  ["no sequence", { sequence: 0 }],
  ["negative minutes", { used: -6 }],
  ["too many minutes", { want: 1_000_000_001 }],
  ["more reported than used", { reported: 13 }],
  ["a lease that is no id", { lease: "mine" }],
  ["granted as text", { granted: "60" }],
])("one with %s is its own error", (_, wrong, run = RUN) => {
  expect(readLease({ ...SENT, ...wrong }, run)).toMatchObject({ id: 1, error: { code: "INVALID_ITEM" } });
});

test("every refusal has a sentence", () => {
  expect(leaseSentence("RUN_COPIED")).toContain("new run");
});
