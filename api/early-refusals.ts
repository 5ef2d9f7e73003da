import type { IncomingMessage, ServerResponse } from "node:http";
import { type Problem, problemResponse } from "@/contract/problem";
import { requestIdFrom } from "@/contract/request-id";
import { loggedPath } from "@/domain/logged-path";
import { log } from "@/server/store/log";
import { observeRequest } from "./metrics";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** Paths that programs call with a credential in each request, so that a foreign page gains nothing there. */
const CREDENTIALED = /^\/(api|v1|scim)\/|^\/unsubscribe\/[^/]+\/now$/;

/**
 * Refuses requests that no app of either port could read, and forms and actions from pages of other sites. Returns
 * whether it did.
 */
export function refuseEarly(request: IncomingMessage, response: ServerResponse): boolean {
  const problem = problemOf(request);
  if (!problem) return false;
  refuse(request, response, problem);
  return true;
}

/** Sends a problem before any app runs; it is logged and counted like the others. */
export function refuse(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
  const begun = performance.now();
  void answer(request, response, problem).then((status) => {
    const { method = "" } = request;
    observeRequest({ method, route: "refused early", status, ms: performance.now() - begun });
  });
}

function problemOf({ method = "", url = "", headers }: IncomingMessage): Problem | null {
  if (!METHODS.includes(method))
    return { code: "METHOD_NOT_ALLOWED", detail: `This server doesn't support ${method}.`, allow: METHODS };
  if (!isReadable(url))
    return {
      code: "INVALID_ADDRESS",
      detail:
        "The address can't be read: it isn't a path, an escape in it isn't UTF-8, or it has a NUL character.",
    };
  if (method === "POST" && !CREDENTIALED.test(url) && isForeign(headers))
    return {
      code: "WRONG_ORIGIN",
      detail: "A page on another site can't act in this console. Nothing was changed.",
    };
  return null;
}

function isReadable(url: string): boolean {
  if (url === "*" || /%00/.test(url)) return false;
  try {
    decodeURIComponent(url.split("?")[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/**
 * Compares origin and host as Next does, which throws if they differ. A proxy passes on the host that the browser
 * asked for.
 */
function isForeign({ origin, host, "x-forwarded-host": forwarded }: IncomingMessage["headers"]): boolean {
  if (origin === undefined) return false;
  const asked = [forwarded].flat()[0]?.split(",")[0]?.trim() ?? host;
  return !URL.canParse(origin) || new URL(origin).host !== asked;
}

async function answer(request: IncomingMessage, response: ServerResponse, problem: Problem): Promise<number> {
  const requestId = requestIdFrom([request.headers["x-request-id"]].flat()[0]);
  const refused = problemResponse(problem, requestId);
  const body = await refused.text();
  request.resume();
  const { status } = refused;
  response.writeHead(status, { ...Object.fromEntries(refused.headers), "X-Request-Id": requestId });
  response.end(body);
  log().info({ requestId, method: request.method, path: loggedPath(request.url ?? ""), status }, "request");
  return status;
}
