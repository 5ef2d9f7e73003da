import fc from "fast-check";
import { expect, test } from "vitest";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/license-number";

test.each([
  "9999000000001253",
  "9999 0000 0000 1253",
  " 9999 0000 0000 1253 ",
  "9999\u00a00000\u00a00000\u00a01253",
  "9999\u202f0000\u202f0000\u202f1253",
  "99990000 00001253",
])("%j is a license number", (text) => expect(parseLicenseNumber(text)).toBe("9999000000001253"));

test.each([
  "",
  "999900000000125",
  "99990000000012530",
  "9999-0000-0000-1253",
  "9999\n0000 0000 1253",
  "999900000000125x",
  "٩٩٩٩٠٠٠٠٠٠٠٠١٢٥٣",
  "-999900000000125",
  "9.99900000000e15",
])("%j is no license number", (text) => expect(parseLicenseNumber(text)).toBeNull());

test("a number is written in groups of four", () =>
  expect(formatLicenseNumber("9999000000001253")).toBe("9999 0000 0000 1253"));

test("every number is read again as it is written", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{16}$/), (number) => {
      expect(parseLicenseNumber(formatLicenseNumber(number))).toBe(number);
    }),
  );
});
