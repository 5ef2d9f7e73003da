import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/server/store/env";
import { withReads } from "@/server/store/read-scope";

/** Set for a while in the browser of somebody who changed something. */
const CHANGED = "signet-changed";
const HAS_CHANGED = new RegExp(`(?:^|;\\s*)${CHANGED}=`);
/** A run goes on with its changes while its progress is asked for. */
const PROGRESS = /\/progress(\?|$)/;

type WriteHead = ServerResponse["writeHead"];

/**
 * Runs a request for a page. What it reads may be some seconds old, except for somebody who has just changed something:
 * they get everything that is committed, whichever server has done it.
 */
export function withPageReads<T>(request: IncomingMessage, response: ServerResponse, work: () => T): T {
  const { DATABASE_READ_URL, DATABASE_READ_MAX_AGE, PUBLIC_URL } = env();
  if (!DATABASE_READ_URL) return work();
  const reads = request.method === "GET" || request.method === "HEAD";
  if (!reads || PROGRESS.test(request.url ?? "")) {
    // No replica that is read from is older than half of this time.
    const marked = `${CHANGED}=1; Path=/; Max-Age=${2 * DATABASE_READ_MAX_AGE}; HttpOnly; SameSite=Lax`;
    addCookie(response, PUBLIC_URL.startsWith("https:") ? `${marked}; Secure` : marked);
  }
  return reads ? withReads(!HAS_CHANGED.test(request.headers.cookie ?? ""), work) : work();
}

/** At the last moment: an action that sets cookies of its own replaces those that are there already. */
function addCookie(response: ServerResponse, cookie: string): void {
  const writeHead = response.writeHead.bind(response) as (...parts: unknown[]) => ServerResponse;
  const withCookie = (...parts: unknown[]) => {
    response.appendHeader("Set-Cookie", cookie);
    return writeHead(...parts);
  };
  response.writeHead = withCookie as WriteHead;
}
