import { LOG_TOO_LARGE, MAX_LOG_BYTES } from "@/domain/offline/log-size";
import { Refusal } from "@/domain/refusals/refusal";

/** The bytes of an uploaded log, read no further than the limit. */
export async function readLog(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get("Content-Length") ?? 0) > MAX_LOG_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_LOG_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(): Refusal {
  return new Refusal("BODY_TOO_LARGE", LOG_TOO_LARGE);
}
