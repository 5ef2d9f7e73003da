/** Where bytes stop being UTF-8: the offset, counted from 0, of the first byte that no character begins or goes on with. */
export type BadByte = { offset: number; byte: number };

const LONGEST = 4;
const decoder = new TextDecoder("utf-8", { fatal: true });

/** The text that bytes stand for in UTF-8; never with replacements. A byte order mark in front of it is no part of it. */
export function readUtf8(bytes: Uint8Array): string | BadByte {
  try {
    return decoder.decode(bytes);
  } catch {
    const offset = validLength(bytes);
    return { offset, byte: bytes[offset] ?? 0 };
  }
}

/** For people: which byte it is. */
export function badByteText({ offset, byte }: BadByte): string {
  const hex = `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  return `The byte at offset ${offset} (${hex}) is not UTF-8.`;
}

/** How many bytes from the start are whole characters. */
function validLength(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(bytes.subarray(0, middle), true)) good = middle;
    else bad = middle;
  }
  // What is good so far may end within a character that is not finished.
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
