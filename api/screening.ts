import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { env } from "@/server/store/env";
import { watchingStore } from "@/server/store/statement-result";
import { actionProblem, isAction } from "./action-body";
import { refuse, refuseEarly } from "./early-refusals";
import { withPageReads } from "./page-reads";
import { mountedUrl } from "./published/address";
import { setSafeHeaders } from "./safe-headers";

/** The largest body of an action that Next accepts. */
const MAX_BYTES = 1024 * 1024;
const RETRY_AFTER_S = 5;
const API = /^\/(api|v1|scim)\//;

type WriteHead = (status: number, ...rest: unknown[]) => ServerResponse;
type Next = (request: IncomingMessage, response: ServerResponse) => unknown;

/**
 * Passes the console's requests to Next, except those that no page could read; `known` as in `actionProblem`. A page
 * that failed because the store is away isn't an error of the server.
 */
export async function screen(
  request: IncomingMessage,
  response: ServerResponse,
  next: Next,
  known: ReadonlySet<string> | null,
): Promise<void> {
  request.url = mountedUrl(request.url ?? "");
  setSafeHeaders(response, env().PUBLIC_URL.startsWith("https:"));
  if (refuseEarly(request, response)) return;
  await watchingStore((hasMissedStore) => {
    sendUnavailable(response, hasMissedStore);
    const work = () => handOn(request, response, next, known);
    return API.test(request.url ?? "") ? work() : withPageReads(request, response, work);
  });
}

/** Next responds with 500 for every failed page; a client that should try again later has to know. */
function sendUnavailable(response: ServerResponse, hasMissedStore: () => boolean): void {
  const writeHead = response.writeHead.bind(response) as WriteHead;
  const told: WriteHead = (status, ...rest) => {
    if (status !== 500 || !hasMissedStore()) return writeHead(status, ...rest);
    response.setHeader("Retry-After", RETRY_AFTER_S);
    return writeHead(503, ...rest);
  };
  response.writeHead = told as typeof response.writeHead;
}

async function handOn(
  request: IncomingMessage,
  response: ServerResponse,
  next: Next,
  known: ReadonlySet<string> | null,
): Promise<void> {
  if (API.test(request.url ?? "") || !isAction(request.method, request.headers))
    return void next(request, response);
  const body = await bodyOf(request).catch(() => undefined);
  if (body === undefined) return void response.destroy();
  const problem = body ? await actionProblem(request.headers, body, known) : tooLarge;
  if (problem) refuse(request, response, problem);
  else next(again(request, body ?? new Uint8Array()), response);
}

/** The body; null if it is too large, and then no more of it is read. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

/** The same request, with a body that can be read again. A stream of an iterator won't do: Next passes its parts on. */
function again(request: IncomingMessage, body: Uint8Array): IncomingMessage {
  const { method, url, headers, rawHeaders, socket } = request;
  const { httpVersion, httpVersionMajor, httpVersionMinor } = request;
  const version = { httpVersion, httpVersionMajor, httpVersionMinor };
  const readable = new Readable({ read: () => {} });
  readable.push(body);
  readable.push(null);
  const told = { method, url, headers, rawHeaders, socket, connection: socket, complete: true };
  return Object.assign(readable, version, told) as unknown as IncomingMessage;
}

const tooLarge = {
  code: "BODY_TOO_LARGE",
  detail: "A form can send at most 1 MiB. Nothing was changed.",
} as const;
