import fc from "fast-check";
import { expect, test } from "vitest";
import { badByteText, readUtf8 } from "./utf8";

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

test.each([
  ["a name in ISO-8859-1", bytes("acme\\m", [0xfc], "ller"), 6, 0xfc],
  ["a lead byte before a letter", bytes("andr", [0xe9], "e"), 4, 0xe9],
  ["a lead byte at the end", bytes("andr", [0xe9]), 4, 0xe9],
  ["a character that breaks off", bytes("ü", [0xf0, 0x9f, 0x98]), 2, 0xf0],
  ["a byte that only goes on", bytes([0x80]), 0, 0x80],
  ["an overlong form", bytes("a", [0xc0, 0xaf]), 1, 0xc0],
  ["half of a pair", bytes("a", [0xed, 0xa0, 0x80]), 1, 0xed],
  ["beyond Unicode", bytes("ab", [0xf5, 0x80, 0x80, 0x80]), 2, 0xf5],
  ["UTF-16", bytes([0xff, 0xfe], "{\0"), 0, 0xff],
  ["after a long text", bytes("ü".repeat(5000), [0xff], "x".repeat(5000)), 10_000, 0xff],
])("%s is refused at its first bad byte", (_, sent, offset, byte) => {
  expect(readUtf8(sent)).toEqual({ offset, byte });
});

test("every text is read back unchanged, without a byte order mark", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(readUtf8(Buffer.from(`\ufeff${text}`))).toBe(text);
      if (!text.startsWith("\ufeff")) expect(readUtf8(Buffer.from(text))).toBe(text);
    }),
  );
});

test("the text before the bad byte is complete, and nothing is ever replaced", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (sent) => {
      const read = readUtf8(sent);
      if (typeof read !== "string") {
        expect(typeof readUtf8(sent.subarray(0, read.offset))).toBe("string");
        expect(read.byte).toBe(sent[read.offset]);
      } else
        expect(
          Buffer.from(read).equals(
            Buffer.from(
              Buffer.from(sent)
                .toString("utf8")
                .replace(/^\ufeff/, ""),
            ),
          ),
        ).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("the sentence names the byte", () => {
  expect(badByteText({ offset: 6, byte: 0x0c })).toBe("The byte at offset 6 (0x0C) is not UTF-8.");
});
