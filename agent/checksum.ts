import { crc32 } from "node:zlib";

/**
 * JSON ignores white space at its end, so releases without checksums can read a value that has one; each character
 * encodes two bits.
 */
const BLANKS = " \t\n\r";
const LENGTH = 16;

/** The text of a value, with a checksum over it and its key. */
export function encodeValue(key: readonly unknown[], value: unknown): string {
  const json = JSON.stringify(value);
  return json + checksumOf(key, json);
}

/** The value of a text. Throws if it, or its key, doesn't match the checksum. Older texts have none. */
export function decodeValue(key: readonly unknown[], text: string): unknown {
  const json = text.trimEnd();
  if (json !== text && text !== json + checksumOf(key, json))
    throw new Error(`${key.join(" ")} doesn't match its checksum`);
  return JSON.parse(json);
}

function checksumOf(key: readonly unknown[], json: string): string {
  const sum = crc32(JSON.stringify(key) + json);
  return Array.from({ length: LENGTH }, (_, at) => BLANKS.charAt((sum >>> (2 * at)) & 3)).join("");
}
