import type { Context } from "hono";
import { Refusal } from "@/domain/refusal";

const MAX_LOG_BYTES = 64 * 1024 * 1024;

/** The bytes of an uploaded log, read no further than it may be long. */
export async function readLog(c: Context): Promise<Uint8Array> {
  if (Number(c.req.header("Content-Length") ?? 0) > MAX_LOG_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_LOG_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): Refusal {
  return new Refusal("BODY_TOO_LARGE", "A log can have 64 MiB at most. Begin a new one at the site.");
}
