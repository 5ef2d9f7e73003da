import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { uuidv7 } from "uuidv7";
import type { ZodError } from "zod";
import { fieldErrorsIn } from "@/contract/field-errors";
import { type Problem, problemResponse } from "@/contract/problem";
import { requestIdFrom } from "@/contract/request-id";
import { loggedPath } from "@/domain/logged-path";
import type { RateLimitUse } from "@/domain/rate-limit";
import { fieldErrorsSentence } from "@/domain/refusals/field-sentences";
import { type FieldError, Refusal } from "@/domain/refusals/refusal";
import { STORE_SENTENCES } from "@/domain/refusals/store-refusals";
import type { Actor } from "@/server/access/actor";
import { noteFailure } from "@/server/store/failures";
import { log } from "@/server/store/log";
import { isInDoubt, withEffects } from "@/server/store/statement-result";
import { isStoreAway } from "@/server/store/store-away";
import { tracing } from "@/server/store/tracing";
import { notJson } from "./json-body";
import { methodsOf } from "./methods";
import { observeRequest } from "./metrics";
import { rateLimitHeaders } from "./rate-limit";
import { withTrace } from "./request-trace";
import { routePattern } from "./route-pattern";

/** Monitoring calls these every few seconds: logging them would hide other requests. */
const PROBES = new Set(["/health", "/ready", "/metrics"]);

/** The variables of every request; an app adds those that its gate proves. The log names the actor by id. */
export type WithRequest<Variables extends object = object> = {
  Variables: { requestId: string; rateLimit?: RateLimitUse; actor?: Actor } & Variables;
};

/**
 * An app whose requests have an id, are logged and counted, and whose refusals are problem bodies. `getPath` returns the
 * path by which a request finds its route.
 */
export function newApp<Variables extends object = object>(how?: {
  getPath: (request: Request) => string;
}): OpenAPIHono<WithRequest<Variables>> {
  const app = new OpenAPIHono<WithRequest<Variables>>({ defaultHook, ...how });
  app.use(accompany);
  const methodsAt = methodsOf(app);
  app.notFound((c) => problemResponse(nothingAt(methodsAt(c.req.path)), requestIdOf(c)));
  app.onError((error, c) => sendError(error, c));
  return app;
}

/**
 * Responds 200 with JSON. On Node's own server it is written at once: creating a Response and reading its stream
 * costs a quarter of a short request.
 */
export function sendJson(c: Context, value: object): Response {
  const { outgoing }: Partial<HttpBindings> = c.env ?? {};
  if (!outgoing) return c.json(value);
  const text = JSON.stringify(value);
  outgoing.writeHead(200, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(text),
    "X-Request-Id": requestIdOf(c),
    ...rateLimitHeaders(c),
  });
  outgoing.end(text);
  return RESPONSE_ALREADY_SENT;
}

export function invalidBody(faults: FieldError[]): Refusal {
  return new Refusal("INVALID_BODY", fieldErrorsSentence(faults), { faults });
}

const nowhere = {
  code: "NOT_FOUND",
  detail: "There is nothing at this address. GET /api/openapi.json lists every path.",
} as const;

function nothingAt(allow: string[]): Problem {
  if (allow.length === 0) return nowhere;
  return { code: "METHOD_NOT_ALLOWED", detail: `Only ${allow.join(", ")} can be used here.`, allow };
}

/** Only the outermost app does this; apps mounted in it share its context and do nothing. */
const accompany: MiddlewareHandler<WithRequest> = async (c, next) => {
  if (c.get("requestId")) return next();
  const begun = performance.now();
  const requestId = requestIdFrom(c.req.header("X-Request-Id"));
  c.set("requestId", requestId);
  const { method, path } = c.req;
  const isProbe = PROBES.has(path);
  const on = isProbe ? undefined : tracing();
  const work = () => withEffects(next, begun);
  let traceId: string | undefined;
  if (on) traceId = await withTrace(on, c, work);
  else await work(); // Hono's next resolves with the context, which has the credentials: it never reaches the log
  if (c.res !== RESPONSE_ALREADY_SENT)
    for (const [name, value] of Object.entries({ "X-Request-Id": requestId, ...rateLimitHeaders(c) }))
      c.res.headers.set(name, value);
  const { status } = c.res;
  const ms = performance.now() - begun;
  observeRequest({ method, route: routePattern(c), status, ms });
  const level = isProbe && status < 500 ? "debug" : "info";
  const logger = log();
  if (!logger.isLevelEnabled(level)) return;
  const actor = c.get("actor")?.id;
  const took = Math.round(ms * 10) / 10;
  const seen = { requestId, traceId, actor, method, path: loggedPath(path), status, ms: took };
  logger[level](seen, "request");
};

function requestIdOf(c: Context): string {
  return c.get("requestId") ?? uuidv7();
}

function sendError(error: Error, c: Context): Response {
  const requestId = requestIdOf(c);
  if (error instanceof Refusal) return problemResponse(error, requestId);
  if (error instanceof HTTPException) return problemResponse(notJson(), requestId);
  noteFailure(error, { requestId });
  if (!isStoreAway(error)) return problemResponse(bug, requestId);
  const code = !isSafe(c) && isInDoubt(error) ? "OUTCOME_UNKNOWN" : "STORE_UNAVAILABLE";
  return problemResponse({ code, detail: `${STORE_SENTENCES[code]} ${NEXT_STEPS[code]}` }, requestId);
}

function isSafe({ req: { method } }: Context): boolean {
  return method === "GET" || method === "HEAD";
}

const NEXT_STEPS = {
  STORE_UNAVAILABLE: "Try again.",
  OUTCOME_UNKNOWN:
    "Send the same request again, with the same sequence or Idempotency-Key. Without one, check first.",
};

const bug = {
  code: "INTERNAL",
  detail: "The server had an error. Its log has the cause under the request ID.",
} as const;

/** Turns zod's issues into a refusal with a JSON Pointer to each field. */
function defaultHook(result: { target: string } & ({ success: true } | { success: false; error: ZodError })) {
  if (result.success) return;
  if (result.target === "param") throw new Refusal("NOT_FOUND", nowhere.detail);
  const faults = fieldErrorsIn(result.error);
  const code = result.target === "json" ? "INVALID_BODY" : "INVALID_QUERY";
  throw new Refusal(code, fieldErrorsSentence(faults), { faults });
}
