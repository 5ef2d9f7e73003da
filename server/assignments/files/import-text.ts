import { Refusal } from "@/domain/refusals/refusal";
import { badByteText, readUtf8 } from "@/domain/utf8";

const MOST_BYTES = 64 * 1024 * 1024;
const NEWLINE = 0x0a;

/** The text of a file as a stream: UTF-8, or UTF-16 with a byte order mark. Other bytes are refused with their line. */
export async function* importText(file: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const read = { offset: 0, lines: 0 };
  let size = 0;
  let decoder: TextDecoder | undefined;
  let rest: Uint8Array = new Uint8Array();
  for await (const bytes of file) {
    size += bytes.length;
    if (size > MOST_BYTES)
      throw new Refusal("BODY_TOO_LARGE", "The file wasn't read. It is larger than 64 MB. Split it.");
    const whole = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    if (!decoder && whole.length < 2) {
      rest = whole;
      continue;
    }
    decoder ??= decoderFor(whole);
    rest = whole.subarray(whole.length - unfinished(whole, decoder));
    const text = decoded(decoder, whole.subarray(0, whole.length - rest.length), read);
    if (text !== "") yield text;
  }
  const last = decoded(decoder ?? decoderFor(rest), rest, read, { isLast: true });
  if (last !== "") yield last;
}

/** How much of a file was read: bytes, and line feeds among them. */
type Read = { offset: number; lines: number };

function decoded(decoder: TextDecoder, bytes: Uint8Array, read: Read, { isLast = false } = {}): string {
  try {
    const text = decoder.decode(bytes, { stream: !isLast });
    read.offset += bytes.length;
    read.lines += linesIn(bytes);
    return text;
  } catch {
    throw new Refusal("INVALID_BODY", `The file wasn't read. ${whatIsWrong(decoder, bytes, read)}`);
  }
}

function whatIsWrong({ encoding }: TextDecoder, bytes: Uint8Array, { offset, lines }: Read): string {
  const bad = encoding === "utf-8" ? readUtf8(bytes) : "";
  if (typeof bad === "string") return "It isn't valid UTF-16. Save it as “CSV UTF-8” and choose it again.";
  const line = lines + linesIn(bytes.subarray(0, bad.offset)) + 1;
  const words = badByteText({ ...bad, offset: offset + bad.offset });
  return `Line ${line} isn't UTF-8. ${words} Save it as “CSV UTF-8” and choose it again.`;
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}

function decoderFor([first, second]: Uint8Array): TextDecoder {
  const is16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const encoding = is16 ? (first === 0xff ? "utf-16le" : "utf-16be") : "utf-8";
  return new TextDecoder(encoding, { fatal: true });
}

/** How many bytes at the end begin a character that the next part may complete. */
function unfinished(bytes: Uint8Array, { encoding }: TextDecoder): number {
  if (encoding !== "utf-8") return 0;
  for (let back = 1; back <= 3; back++) {
    const byte = bytes.at(-back) ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}
