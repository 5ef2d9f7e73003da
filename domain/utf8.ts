/** The byte where UTF-8 ends: the offset, counted from 0, of the first byte that neither begins nor continues a character. */
export type BadByte = { offset: number; byte: number };

const LONGEST = 4;
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Decodes bytes as UTF-8, never with replacements. A byte order mark in front isn't part of the text. */
export function readUtf8(bytes: Uint8Array): string | BadByte {
  try {
    return decoder.decode(bytes);
  } catch {
    const offset = validLength(bytes);
    return { offset, byte: bytes[offset] ?? 0 };
  }
}

/** The bad byte, in words for people. */
export function badByteText({ offset, byte }: BadByte): string {
  const hex = `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  return `The byte at offset ${offset} (${hex}) is not UTF-8.`;
}

/** How many bytes from the start form complete characters. */
function validLength(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(bytes.subarray(0, middle), true)) good = middle;
    else bad = middle;
  }
  // The valid part may end inside a character that isn't complete.
  for (let back = 0; back < LONGEST; back++)
    if (decodes(bytes.subarray(0, good - back), false)) return good - back;
  return good;
}

function decodes(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}
