import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Refusal } from "@/domain/refusals/refusal";
import { badByteText, readUtf8 } from "@/domain/utf8";
import { offTheClock } from "@/server/store/deadline";

const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** For apps that parse by schema: runs after the gate, so that a 401 comes before a 413. */
export const limitBody = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw tooLarge();
  },
});

/** For apps that parse by schema: refuses bytes that aren't UTF-8, which parsing would replace. Runs after the limit. */
export const utf8Body: MiddlewareHandler = async (c, next) => {
  if (c.req.raw.body) textIn(await offTheClock(() => c.req.bytes()));
  await next();
};

/**
 * Reads a body as JSON, for handlers that parse it by hand; refuses more than 5 MiB, bytes that aren't UTF-8, and
 * invalid JSON.
 */
export function readJson(c: Context): Promise<unknown> {
  return offTheClock(() => bytesOf(c)).then((bytes) => parseJson(textIn(bytes)));
}

export function notJson(): Refusal {
  return new Refusal("INVALID_BODY", "The body isn't JSON. Send it as application/json in UTF-8.");
}

/**
 * Reads a body of unknown length, and keeps no more of it than the limit. It is read to its end, so that the refusal
 * arrives and the connection can be used again; beyond ten times the limit it is cut off.
 */
async function countedBytes(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    if (size > 10 * MAX_BODY_BYTES) break;
  }
  if (size > MAX_BODY_BYTES) throw tooLarge();
  return Buffer.concat(chunks);
}

/** The text of a body. One byte order mark before it is ignored, as RFC 8259 allows. */
function textIn(bytes: Uint8Array): string {
  const text = readUtf8(bytes);
  if (typeof text === "string") return text;
  const title = badByteText(text);
  const faults = [{ code: "INVALID_UTF8", title }];
  throw new Refusal("INVALID_BODY", `${title} Send the body in UTF-8; nothing was changed.`, { faults });
}

function bytesOf(c: Context): Promise<Uint8Array> {
  const length = lengthOf(c);
  if (length === null) return countedBytes(c.req.raw.body);
  if (length > MAX_BODY_BYTES) throw tooLarge();
  return c.req.bytes();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson();
  }
}

/**
 * The length that a body declares. Such a body can't be longer, and needs no counting stream, which costs more than
 * reading it.
 */
function lengthOf(c: Context): number | null {
  const length = c.req.header("Content-Length");
  const isTold = length !== undefined && c.req.header("Transfer-Encoding") === undefined;
  return isTold ? Number(length) : null;
}

function tooLarge(): Refusal {
  return new Refusal("BODY_TOO_LARGE", "A body can have at most 5 MiB. Split it.");
}
