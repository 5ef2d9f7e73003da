import fc from "fast-check";
import { expect, test } from "vitest";
import { hiddenIn, hiddenText, lookAlikeKey, shownSegments } from "./look-alikes";

test.each([
  ["a soft hyphen", "acme\\b\u00adob", "U+00AD", 7],
  ["a zero-width space", "acme\\bo\u200bb", "U+200B", 8],
  ["a joiner between Latin letters", "acme\\b\u200dob", "U+200D", 7],
  ["a non-joiner after the last letter", "acme\\\u0646\u0645\u06cc\u200c", "U+200C", 9],
  ["a joiner between emoji", "\u{1f469}\u200d\u{1f4bb}", "U+200D", 2],
  ["a mark of direction", "\u200facme\\bob", "U+200F", 1],
  ["an override of direction", "acme\\\u202eboe", "U+202E", 6],
  ["an isolate", "acme\\\u2066bob", "U+2066", 6],
  ["a byte order mark inside", "acme\\\ufeffbob", "U+FEFF", 6],
  ["a word joiner", "\u{1f98a}\u2060bob", "U+2060", 2],
  ["a Hangul filler", "acme\\\u3164", "U+3164", 6],
  ["a grapheme joiner", "e\u034f\u0301", "U+034F", 2],
  ["a tag", "\u{1f3f4}\u{e0067}", "U+E0067", 2],
  ["an Arabic number sign", "\u0600\u0661", "U+0600", 1],
  ["a byte order mark before", "\ufeffacme", "U+FEFF", 1],
  ["a line separator", "acme\u2028bob", "U+2028", 5],
])("%s is invisible", (_name, text, code, at) =>
  expect(hiddenIn(text)).toEqual({ kind: "invisible", code, at }),
);

test.each([
  ["acme\\m\ufffdller", "damaged", "U+FFFD", 7],
  ["acme\\bob  smith", "blanks", "U+0020", 9],
  ["ACME\u00a0 Corp", "blanks", "U+00A0", 5],
] as const)("%j is %s", (text, kind, code, at) => expect(hiddenIn(text)).toEqual({ kind, code, at }));

test.each([
  "acme\\bob",
  "acme\\bob smith",
  " acme\\bob  ",
  "Société\u00a0Générale",
  "\u5c71\u7530\u3000\u592a\u90ce",
  "zoe\u0308",
  "I \u2764\ufe0f seats",
  "\u845b\u{e0100}\u57ce",
  "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", // Persian: a non-joiner between letters
  "\u0d9c\u0dca\u200d\u0dbb", // Sinhala: a joiner after a virama
  "\u0915\u094d\u200d\u0937", // Hindi
  "\u09b0\u200d\u09cd\u09af", // Bengali: a joiner before a virama
  "\u0646\u064f\u200c\u0647\u0627", // a vowel sign, which several scripts share, before it
])("%j has no hidden characters", (text) => expect(hiddenIn(text)).toBeNull());

test.each([
  ["acme\\bo\u200bb", "It has an invisible character (U+200B) at position 8. Type it again without it."],
  ["m\ufffdller", "It has a replacement character (U+FFFD) at position 2: a letter was lost. Type it again."],
  ["a  b", "It has several spaces in a row at position 2. Use one."],
])("%j is explained: %s", (text, words) => {
  const hidden = hiddenIn(text);
  expect(hidden && hiddenText(hidden)).toBe(words);
});

test("invisible characters are shown in words", () => {
  const shown = (text: string) =>
    shownSegments(text)
      .map(({ words, isHidden }) => (isHidden ? `<${words}>` : words))
      .join("");
  expect(shown("acme\\bo\u200b\u00adb  smith")).toBe("acme\\bo<U+200B><U+00AD>b<2 spaces>smith");
  expect(shown("acme\\m\ufffdller")).toBe("acme\\m\ufffdller");
});

test("texts that differ only by invisible characters have the same key", () => {
  const hidden = fc.constantFrom(
    "\u00ad",
    "\u200b",
    "\u200d",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u3164",
    "\ufe0f",
    "",
  );
  const letters = fc.array(fc.tuple(fc.constantFrom("a", "B", "\u00fc", "\\", "\u0646", "7"), hidden), {
    minLength: 1,
  });
  fc.assert(
    fc.property(letters, (parts) => {
      const plain = parts.map(([letter]) => letter).join("");
      expect(lookAlikeKey(parts.flat().join(""))).toBe(lookAlikeKey(plain));
    }),
  );
  expect(lookAlikeKey("acme\\bob\u00a0 smith")).toBe("acme\\bob smith");
  expect(lookAlikeKey("a \u200b b")).toBe("a b");
});

test("an accepted text has no invisible characters except joiners and selectors", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      fc.pre(hiddenIn(text) === null);
      const shapeless = text.match(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu) ?? [];
      for (const one of shapeless) expect(one).toMatch(/[\u200c\u200d]|\p{Variation_Selector}/u);
    }),
    { numRuns: 1000 },
  );
});

/** New versions of Node bring new versions of Unicode: what is refused must not depend on them. */
test("the characters that are refused everywhere are the same in every version of Node", () => {
  const found = ranges((text) => hiddenIn(`a${text}a`)?.kind === "invisible");
  expect(found).toEqual([
    ...["00AD", "034F", "0600-0605", "061C", "06DD", "070F", "0890-0891", "08E2", "115F-1160", "17B4-17B5"],
    ...["180E", "200B-200F", "2028-202E", "2060-206F", "3164", "FEFF", "FFA0", "FFF0-FFFB"],
    ...["110BD", "110CD", "13430-1343F", "1BCA0-1BCA3", "1D173-1D17A", "E0000-E00FF", "E01F0-E0FFF"],
  ]);
});

function ranges(isIn: (text: string) => boolean): string[] {
  const all: [number, number][] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    if ((code >= 0xd800 && code <= 0xdfff) || !isIn(String.fromCodePoint(code))) continue;
    const last = all.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else all.push([code, code]);
  }
  const hex = (code: number) => code.toString(16).toUpperCase().padStart(4, "0");
  return all.map(([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`));
}
