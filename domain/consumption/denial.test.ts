import { expect, test } from "vitest";
import { denialKind, readDenials } from "./denial";

const now = new Date("2026-08-24T10:20:00Z");
const good = { hour: "2026-08-24T09:40:00Z", reason: "NOT_ASSIGNED", subject: "acme\\bob", count: 3 };

test("a denial belongs to its whole hour, and needs neither allotment nor subject", () => {
  expect(readDenials([good, { ...good, subject: null, allotment: "Analyzer_Time" }], now)).toEqual({
    denials: [
      {
        index: 0,
        hour: new Date("2026-08-24T09:00:00Z"),
        reason: "NOT_ASSIGNED",
        allotment: "",
        subject: "acme\\bob",
        count: 3,
      },
      {
        index: 1,
        hour: new Date("2026-08-24T09:00:00Z"),
        reason: "NOT_ASSIGNED",
        allotment: "analyzer_time",
        subject: null,
        count: 3,
      },
    ],
    errors: [],
  });
});

test.each([
  ["INVALID_HOUR", { hour: "yesterday" }],
  ["INVALID_HOUR", { hour: "2026-07-15T10:19:59Z" }],
  ["INVALID_HOUR", { hour: "2026-08-25T10:20:01Z" }],
  ["INVALID_REASON", { reason: "because" }],
  ["INVALID_REASON", { reason: undefined }],
  ["INVALID_ALLOTMENT", { allotment: 7 }],
  ["INVALID_SUBJECT", { subject: "a\nb" }],
  ["INVALID_COUNT", { count: 0 }],
  ["INVALID_COUNT", { count: 1.5 }],
] as const)("a bad denial is left out as %s, and the others stay: %j", (code, bad) => {
  const { denials, errors } = readDenials([good, { ...good, ...bad }], now);
  expect(denials).toHaveLength(1);
  expect(errors).toEqual([{ index: 1, code, detail: expect.stringMatching(/\.$/) }]);
});

test("an hour of up to 40 days ago is taken", () => {
  expect(readDenials([{ ...good, hour: "2026-07-15T10:20:00Z" }], now).denials).toHaveLength(1);
});

test.each([
  ["NOT_ASSIGNED", "notEntitled"],
  ["EXCESS", "notEntitled"],
  ["AUTO_ASSIGN_OFF", "notEntitled"],
  ["LEASE_ENDED", "notEntitled"],
  ["QUOTA_REACHED", "overLimit"],
  ["QUOTA_RESERVED", "overLimit"],
  ["BUDGET_USED", "overLimit"],
  ["NO_AVAILABLE_UNITS", "overLimit"],
] as const)("%s is %s", (reason, kind) => expect(denialKind(reason)).toBe(kind));
