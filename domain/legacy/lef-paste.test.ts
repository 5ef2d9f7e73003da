import { expect, test } from "vitest";
import { cleanPastedLef } from "./lef-paste";

const CLEAN = "9999000000000042\nANALYZER;5;;\n";

test.each([
  [CLEAN, []],
  [CLEAN.replaceAll("\n", "\r\n"), []],
  [CLEAN.replaceAll("\n", "\r"), []],
  [`\uFEFF${CLEAN}`, ["the byte order mark at the beginning"]],
  ["> 9999000000000042\n> > ANALYZER;5;;\n", ["mail quote marks in 2 lines"]],
  ["  9999000000000042\t\nANALYZER;5;;\u00A0", ["stray spaces in 2 lines"]],
  ["9999000000000042\n\nANALYZER;5;;\n\n\n", ["1 empty line"]],
  ["9999000000000042\nANALYZER;\u200b5;;", ["invisible characters in 1 line"]],
  [
    "\uFEFF>9999000000000042 \n>\n>ANALYZER;5;;",
    [
      "the byte order mark at the beginning",
      "mail quote marks in 3 lines",
      "stray spaces in 1 line",
      "1 empty line",
    ],
  ],
])("%j is cleaned, and what was removed is named", (pasted, removed) =>
  expect(cleanPastedLef(pasted)).toEqual({ text: CLEAN, removed }),
);

test("characters between the lines of a file are not part of its text", () => {
  expect(cleanPastedLef("").text).toBe("");
  expect(cleanPastedLef("A;x > y;;").text).toBe("A;x > y;;\n");
});
