import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isSecret, readPastedKey } from "./pasted-key";

const KEY = readFileSync("e2e/fixtures/example-key.txt", "utf8").trim();

test("a key is read whatever was pasted around and into it", () => {
  const read = {
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    license: expect.stringMatching(/^[0-9]{16}$/),
  };
  expect(readPastedKey(KEY)).toEqual(read);
  expect(readPastedKey(` ${KEY.replace(/(.{60})/g, "$1\n ")} `)).toEqual(readPastedKey(KEY));
  expect(readPastedKey(`> SLK: "${KEY}"`)).toEqual(readPastedKey(KEY));
});

test.each(["", "a.b.c", "one two three", KEY.split(".").slice(0, 2).join("."), KEY.replace(".", ".x")])(
  "%j is no key",
  (text) => {
    expect(readPastedKey(text)).toBeNull();
  },
);

test.each([KEY, KEY.slice(0, 12), ` ${KEY}`, KEY.slice(30), "sgn_1234567890", "x".repeat(120)])(
  "%s is kept in the browser",
  (text) => {
    expect(isSecret(text)).toBe(true);
  },
);

test.each([
  "contoso\\bob",
  "9999 0000 0000 1253",
  "623aa9af-1111-4222-8333-444455556666",
  "Warsaw production",
])("%s may be looked for", (text) => {
  expect(isSecret(text)).toBe(false);
});
