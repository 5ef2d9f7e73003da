import { type Dispatcher, request } from "undici";
import type { AttemptFailure, AttemptResult } from "@/domain/webhooks/delivery-result";
import { env } from "@/server/store/env";
import { perProcess } from "@/server/store/per-process";
import { guardedAgent } from "./guarded-agent";

export type Outgoing = { url: string; headers: Record<string, string>; body: string };

export type ReceiverResponse = { contentType: string; body: string; isCut: boolean };

/** What came of a request, and how long it took. */
export type Sent = { result: AttemptResult; response: ReceiverResponse | null; milliseconds: number };

/** `ending` cuts the request off. */
type Limits = { dispatcher?: Dispatcher; limitMs?: number; ending?: AbortSignal | undefined };

const LIMIT_MS = 10_000;
const RESPONSE_BYTES = 65_536;

const agent = () => perProcess("webhook agent", () => guardedAgent(env().WEBHOOK_ALLOWED_NETWORKS));

/** Sends one request. It never throws: whatever goes wrong is its result. */
export async function send(
  { url, headers, body }: Outgoing,
  { dispatcher = agent(), limitMs = LIMIT_MS, ending }: Limits = {},
): Promise<Sent> {
  const begun = performance.now();
  const took = () => Math.round(performance.now() - begun);
  const { signal, release } = cutOff(limitMs, ending);
  try {
    const received = await request(url, { dispatcher, method: "POST", headers, body, signal });
    const response = await readResponse(received);
    return { result: { status: received.statusCode }, response, milliseconds: took() };
  } catch (error) {
    return { result: { failure: failureOf(error) }, response: null, milliseconds: took() };
  } finally {
    release();
  }
}

/** A signal after the limit, or when the server stops; `AbortSignal.any` would leak with a signal that lives so long. */
function cutOff(limitMs: number, ending?: AbortSignal) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException("Too late", "TimeoutError")), limitMs);
  const end = () => controller.abort();
  ending?.addEventListener("abort", end);
  const release = () => {
    clearTimeout(timer);
    ending?.removeEventListener("abort", end);
  };
  return { signal: controller.signal, release };
}

/** The response up to its limit. One that is cut off or too slow still has its status. */
async function readResponse({ headers, body }: Dispatcher.ResponseData): Promise<ReceiverResponse> {
  const chunks: Buffer[] = [];
  let size = 0;
  let isCut = false;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > RESPONSE_BYTES) break; // leaving the loop ends the connection
    }
    isCut = size > RESPONSE_BYTES;
  } catch {
    isCut = true;
  }
  const text = Buffer.concat(chunks).subarray(0, RESPONSE_BYTES).toString();
  return { contentType: String(headers["content-type"] ?? ""), body: text, isCut };
}

const NOT_RESOLVED = ["ENOTFOUND", "EAI_AGAIN", "ENODATA"];
const TLS = /^(ERR_TLS|ERR_SSL|CERT|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO)/;

function failureOf(error: unknown): AttemptFailure {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ADDRESS_NOT_ALLOWED") return code;
  if (error instanceof Error && error.name === "TimeoutError") return "TIMED_OUT";
  if (code.endsWith("_TIMEOUT") || code === "ETIMEDOUT") return "TIMED_OUT";
  if (NOT_RESOLVED.includes(code)) return "HOST_NOT_FOUND";
  return TLS.test(code) ? "TLS_FAILED" : "CONNECTION_FAILED";
}
