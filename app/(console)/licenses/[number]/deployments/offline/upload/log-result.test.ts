import { expect, test } from "vitest";
import { logResult } from "./log-result";

const uploaded = {
  ...{ log: "1", kind: "assignments" as const, source: "mill-1", through: 40, lines: 40, new: 40 },
  effects: { added: 3, released: 0, minutes: [] },
  reply: null,
};

test("rejected lines are told by their reasons, the most frequent first, with the first of their lines", () => {
  const full = Array.from({ length: 30 }, (_, i) => ({ sequence: i + 2, rejection: "NO_AVAILABLE_UNITS" }));
  const rejected = [{ sequence: 1, rejection: "AUTO_ASSIGN_OFF" }, ...full];
  const { rejections } = logResult({ ...uploaded, rejected });
  expect(rejections).toMatchObject([
    { code: "NO_AVAILABLE_UNITS", title: "Every seat is taken", count: 30 },
    { code: "AUTO_ASSIGN_OFF", title: "Automatic assignment is off", count: 1, sequences: [1] },
  ]);
  expect(rejections[0]?.sequences).toEqual(full.slice(0, 20).map(({ sequence }) => sequence));
});

test.each([
  ["NOT_METERED", "The allotment counts seats"],
  ["UNKNOWN_ALLOTMENT", "The license has no such allotment"],
  ["SOMETHING_NEW", "SOMETHING_NEW"],
])("%s is told as: %s", (rejection, title) => {
  expect(logResult({ ...uploaded, rejected: [{ sequence: 7, rejection }] }).rejections).toMatchObject([
    { title, sequences: [7] },
  ]);
});
