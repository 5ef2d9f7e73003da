import fc from "fast-check";
import { expect, test } from "vitest";
import { isPlainText } from "./text";

test.each([
  ["acme\\bob", true],
  ["", true],
  ["Zoë 🦊 李", true],
  ["\u00a0\u2028\u200b", true],
  ["a\0b", false],
  ["a\tb", false],
  ["a\nb", false],
  ["a\u001fb", false],
  ["a\u007fb", false],
  ["a\u0080b", false],
  ["a\u009fb", false],
  ["a\ud800", false],
  ["\udc00a", false],
  ["\udc00\ud800", false],
  [undefined, false],
  [null, false],
  [7, false],
  [["acme"], false],
  [{ toString: () => "acme" }, false],
])("%j is plain text: %s", (text, plain) => expect(isPlainText(text)).toBe(plain));

test.each([
  ["a", 200, true],
  ["a", 201, false],
  ["🦊", 200, true],
  ["🦊", 201, false],
] as const)("%s %i times is plain text: %s", (character, times, plain) =>
  expect(isPlainText(character.repeat(times))).toBe(plain),
);

test("the limit can be set", () => {
  expect(isPlainText("abc", 3)).toBe(true);
  expect(isPlainText("abcd", 3)).toBe(false);
});

test("plain text survives UTF-8 unchanged", () => {
  const texts = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 4 });
  fc.assert(
    fc.property(texts, (units) => {
      const text = String.fromCharCode(...units);
      const survives = Buffer.from(text, "utf8").toString("utf8") === text;
      expect(survives || !isPlainText(text)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
