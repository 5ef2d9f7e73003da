import fc from "fast-check";
import { expect, test } from "vitest";
import { guarded, unguarded } from "./csv-cells";

test.each([
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@sum(a1)", "'@sum(a1)"],
  ["\tx", "'\tx"],
  ["\uFF1D1+1", "'\uFF1D1+1"],
  ["8471503661037715228", "'8471503661037715228"],
  ["108234567890", "'108234567890"],
  ["007", "'007"],
  ["12e4", "'12e4"],
  ["'=1+1", "''=1+1"],
  ["'007", "''007"],
  ["9999 0000 0000 1253", "9999 0000 0000 1253"],
  ["10823456789", "10823456789"],
  ["0", "0"],
  ["'bob", "'bob"],
  ["o'neill", "o'neill"],
  ["a=b", "a=b"],
  ["acme\\007", "acme\\007"],
])("the text %j is exported as the cell %j", (text, cell) => {
  expect(guarded(text)).toBe(cell);
  expect(unguarded(cell)).toBe(text);
});

test("an unguarded cell is read as it is", () => expect(unguarded("=1+1")).toBe("=1+1"));

test("every text survives export and import, and no cell begins like a formula", () => {
  const text = fc.string({
    unit: fc.constantFrom("'", "=", "-", "0", "7", "e", " ", "\t", "b", "\uFF20"),
    maxLength: 16,
  });
  fc.assert(
    fc.property(text, (written) => {
      expect(unguarded(guarded(written))).toBe(written);
      expect(guarded(written)).not.toMatch(/^[=+\-@\t\r\uFF20]/);
    }),
    { numRuns: 5000 },
  );
});
