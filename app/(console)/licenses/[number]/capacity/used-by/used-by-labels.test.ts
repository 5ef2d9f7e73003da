import { expect, test } from "vitest";
import { breakEvenText, coverageText, shareText, topLabel } from "./used-by-labels";

const hash = "3fa9c1d2".padEnd(64, "0");

test.each([
  ["user", { key: hash, name: "acme\\bob" }, "acme\\bob"],
  ["user", { key: hash, name: null }, "User 3fa9c1d2"],
  ["user", { key: "", name: null }, "Anonymous"],
  ["app", { key: "", name: null }, "No app reported"],
  ["app", { key: "Sales", name: "Sales" }, "Sales"],
  ["deployment", { key: "mill-1", name: null }, "mill-1"],
  ["deployment", { key: "mill-1", name: "Hamburg" }, "Hamburg"],
] as const)("a %s %j is called %s", (kind, row, label) => expect(topLabel(kind, row)).toBe(label));

test("shares are of the month's minutes, or of what sessions tell if that is more", () => {
  expect(shareText({ minutes: 30 }, { total: 60, inSessions: 40 })).toBe("50%");
  expect(shareText({ minutes: 30 }, { total: 10, inSessions: 40 })).toBe("75%");
});

test("the sentences count", () => {
  expect(coverageText({ total: 1000, inSessions: 250 })).toMatch(/for 250 of 1,000 minutes, 25%/);
  expect(coverageText({ total: 1, inSessions: 1 })).toMatch(/for all 1 minute\./);
  expect(breakEvenText({ seat: "analyzer", minutes: 401 }, 1)).toMatch(
    /from 401 minutes a month\. 1 user here/,
  );
});
