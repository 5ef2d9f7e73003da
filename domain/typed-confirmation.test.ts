import { expect, test } from "vitest";
import { isTyped, mistyped } from "./typed-confirmation";

const NUMBER = "9999000000001253";
const KID = "4be1f0aa-93c1-4f0e-9a5f-0a4f1c9f1d22";

test.each([
  [NUMBER, NUMBER, true],
  ["9999 0000 0000 1253", NUMBER, true],
  ["9999\u00A00000\u202F0000 1253\n", NUMBER, true],
  ["9999-0000-0000-1253", NUMBER, true],
  [KID.toUpperCase(), KID, true],
  ["9999 0000 0000 1235", NUMBER, false],
  ["9999 0000 0000 125", NUMBER, false],
  ["9999 0000 0000 12533", NUMBER, false],
  ["", NUMBER, false],
] as const)("%j confirms %s: %s", (typed, asked, result) => expect(isTyped(typed, asked)).toBe(result));

test.each([
  ["", null],
  ["9999 0000", null],
  ["9999-0000-", null],
  ["9999 0000 0000 1253", null],
  ["9999 0000 0000 1235", { typed: "1235", asked: "1253" }],
  ["9999000000001253 1", { typed: "2531", asked: "1253" }],
  ["8", { typed: "8", asked: "1253" }],
] as const)("after %j the typing error is %j", (typed, slip) =>
  expect(mistyped(typed, NUMBER)).toEqual(slip),
);
