import fc from "fast-check";
import { expect, test } from "vitest";
import { foldSubject, isSubject, subjectKey } from "./subject";

test.each([
  ["ACME\\bob", "acme\\BOB"],
  ["  acme\\bob\u00a0", "acme\\bob"],
  ["zoe\u0308", "ZOË"],
  ["straße", "STRASSE"],
  ["STRAẞE", "straße"],
  ["ΟΔΥΣΣΕΥΣ", "οδυσσευς"],
  ["\u212b", "å"],
])("%s and %s are one user when folded", (left, right) => expect(foldSubject(left)).toBe(foldSubject(right)));

test.each([
  ["acme\\bob", "acme/bob"],
  ["acme\\bob", "\\bob"],
  ["acme\\bob", "acme\\ bob"],
  ["zoe", "zoë"],
])("%s and %s stay two users", (left, right) => expect(foldSubject(left)).not.toBe(foldSubject(right)));

test.each([
  ["folded", "ACME\\Bob ", "acme\\bob"],
  ["exact", "ACME\\Bob ", "ACME\\Bob"],
  ["exact", "Zoe\u0308", "Zoë"],
] as const)("%s matching compares %j as %j", (matching, subject, key) =>
  expect(subjectKey(subject, matching)).toBe(key),
);

test("the key of a subject key is the same key", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.constantFrom("folded", "exact"), (text, matching) => {
      fc.pre(isSubject(text));
      const key = subjectKey(text, matching);
      expect(subjectKey(key, matching)).toBe(key);
      expect(key).not.toBe("");
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ["\\generated4", true],
  ["x".repeat(200), true],
  ["x".repeat(201), false],
  ["", false],
  [" \u00a0\u3000", false],
  ["acme\nbob", false],
  ["acme\ud800", false],
  [7, false],
  [null, false],
  [undefined, false],
  [{}, false],
])("%j as a subject is valid: %s", (value, proper) => expect(isSubject(value)).toBe(proper));

test("folding gives the same result with and without its shortcut", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary-ascii" }),
    fc.string({ unit: "grapheme" }),
    fc.string({
      unit: fc.constantFrom("a", "Z", " ", "\t", "\u00a0", "\\", "~", "ß", "ẞ", "İ", "ſ", "K", "e\u0301"),
    }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const trimmed = text.trim().normalize("NFC");
      expect(foldSubject(text)).toBe(trimmed.toLowerCase().toUpperCase().toLowerCase().normalize("NFC"));
    }),
    { numRuns: 2000 },
  );
});
