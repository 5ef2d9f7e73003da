import fc from "fast-check";
import { expect, test } from "vitest";
import { formatLicenseNumber, licenseDigits, parseLicenseNumber } from "./license-number";

test.each([
  "9999000000001253",
  "9999 0000 0000 1253",
  " 9999 0000 0000 1253 ",
  "9999\u00a00000\u00a00000\u00a01253",
  "9999\u202f0000\u202f0000\u202f1253",
  "99990000 00001253",
  "9999-0000-0000-1253",
  "9999\u20110000\u20110000\u20111253",
  "9999 \u2013 0000 0000\u00AD1253",
])("%j is a license number", (text) => expect(parseLicenseNumber(text)).toBe("9999000000001253"));

test.each([
  "",
  "999900000000125",
  "99990000000012530",
  "9999_0000_0000_1253",
  "9999\n0000 0000 1253",
  "999900000000125x",
  "٩٩٩٩٠٠٠٠٠٠٠٠١٢٥٣",
  "-999900000000125",
  "9.99900000000e15",
])("%j isn't a license number", (text) => expect(parseLicenseNumber(text)).toBeNull());

test.each([
  ["1253", "1253"],
  [" 0000 12", "000012"],
  ["00-1253\n", "001253"],
  ["9999\u20110000\u00A00000\u20131253", "9999000000001253"],
  ["9", "9"],
  ["-", null],
  ["", null],
  ["12 53x", null],
  ["9999 0000 0000 1253 1", null],
])("of %j a number can have the digits %j", (text, digits) => expect(licenseDigits(text)).toBe(digits));

test("a number is written in groups of four", () =>
  expect(formatLicenseNumber("9999000000001253")).toBe("9999 0000 0000 1253"));

test("a number written for people is read back as the same number", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{16}$/), (number) => {
      expect(parseLicenseNumber(formatLicenseNumber(number))).toBe(number);
    }),
  );
});
