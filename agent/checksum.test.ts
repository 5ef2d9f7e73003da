import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeValue, encodeValue } from "./checksum";

const VALUE = { subject: "acme\\bob  ", version: 17 };
const KEY = ["rows", "8471503661037715228"];

test("a written value is read back, also as plain JSON, as releases without checksums read it", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const value = JSON.parse(json);
      const text = encodeValue(KEY, value);
      expect(decodeValue(KEY, text)).toEqual(value);
      expect(JSON.parse(text)).toEqual(value);
      expect(decodeValue(KEY, JSON.stringify(value))).toEqual(value);
    }),
  );
});

test("a flipped bit in the value, its checksum or its key is detected", () => {
  const bytes = Buffer.from(encodeValue(KEY, VALUE));
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => decodeValue(KEY, flipped.toString())).toThrow();
  }
  expect(() => decodeValue(["rows", "8471503661037715229"], bytes.toString())).toThrow(
    "doesn't match its checksum",
  );
  expect(() => decodeValue(["used", "8471503661037715228"], bytes.toString())).toThrow(
    "doesn't match its checksum",
  );
});
