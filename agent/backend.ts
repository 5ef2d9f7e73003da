import { type Dispatcher, request } from "undici";
import type { z } from "zod";
import type { nextRequest } from "@/domain/assignments/sync-client";
import { proxyOf } from "./addresses";
import {
  type BackendRoute,
  connectionProblem,
  Unanswered,
  unreadableResponse,
  wrongScheme,
} from "./backend-problem";
import type { BudgetRequest } from "./budget-requests";
import { isTrustedRoute, openConnection, type Route, speaksTls } from "./connection";
import type { SentDenial } from "./denials";
import { parsedJson } from "./json";
import type { Element } from "./reporting";
import { problemOfResponse } from "./response-problem";
import { definitionReply, keySet, problem, reportReply, syncReply, totalsReply } from "./wire";

export type Cause = "Initial" | "Update";

/** The caller: the fields that every request of a deployment carries. */
export type Who = { key: string; source: string };

type Call = {
  method: "GET" | "POST";
  path: string;
  key?: string;
  body?: object;
  headers?: Record<string, string>;
};

/** What a report carries. `requests` ask for minutes of a run. */
export type SentReport = {
  consumption: Element[];
  denials: SentDenial[];
  run: string;
  requests: BudgetRequest[];
};

/** The features that this agent announces to the backend with every call. */
const FEATURES = "leases, aliases, dual-use";

type Answer = { status: number; json: unknown; header: (name: string) => string | undefined };

/** The backend's calls. Each returns the backend's response, or throws `Unanswered` with words for a person. */
export type Backend = ReturnType<typeof openBackend>;

export function openBackend(
  route: Route,
  userAgent: string,
  wall: () => number,
  passed: (step: "send" | "answered") => void = () => {},
) {
  const dispatcher = openConnection(route);
  const way = routeOf(route);
  let isKnown = false;
  const call = async (request: Call) => {
    passed("send");
    const response = await answered(dispatcher, route.backend, way, request, { userAgent, wall }).catch(
      async (error: unknown) => {
        throw isKnown ? error : await clearTextToTls(error, route, way);
      },
    );
    isKnown = true;
    passed("answered");
    return response;
  };

  return {
    isTrusted: isTrustedRoute(route),

    async activate({ key, source }: Who, cause: Cause) {
      const response = await call({
        method: "POST",
        path: "/v1/activations",
        key,
        body: { cause, source, userAgent },
      });
      return { terms: read(definitionReply, response, way), etag: response.header("etag") ?? null };
    },

    /** `terms` is null if nothing but the lease's end changed. */
    async definition({ key, source }: Who, etag: string | null) {
      const path = `/v1/definition?source=${encodeURIComponent(source)}`;
      const headers = etag ? { "If-None-Match": etag } : undefined;
      const response = await call({ method: "GET", path, key, headers });
      const validUntil = Date.parse(response.header("signet-valid-until") ?? "");
      const terms = response.status === 304 ? null : read(definitionReply, response, way);
      if (!terms && Number.isNaN(validUntil))
        throw new Unanswered(unreadableResponse("it has no end of the lease", way));
      return { terms, etag: response.header("etag") ?? null, validUntil };
    },

    async keys() {
      return read(keySet, await call({ method: "GET", path: "/.well-known/jwks.json" }), way);
    },

    async sync({ key, source }: Who, request: ReturnType<typeof nextRequest>) {
      const body = { source, userAgent, ...request };
      const reply = read(
        syncReply,
        await call({ method: "POST", path: "/v1/assignments/sync", key, body }),
        way,
      );
      if (reply.patches.length < request.patches.length)
        throw new Unanswered(unreadableResponse("it left patches unanswered", way));
      return reply;
    },

    async report({ key, source }: Who, { consumption, denials, run, requests }: SentReport) {
      const body = {
        ...{ source, userAgent, consumption },
        ...(denials.length > 0 ? { denials } : {}),
        ...(requests.length > 0 ? { run, leases: requests } : {}),
      };
      return read(reportReply, await call({ method: "POST", path: "/v1/consumption", key, body }), way);
    },

    async totals({ key, source }: Who, month: string) {
      const path = `/v1/consumption?month=${month}&source=${encodeURIComponent(source)}`;
      return read(totalsReply, await call({ method: "GET", path, key }), way).consumption;
    },

    close: () => dispatcher.destroy(),
  };
}

async function answered(
  dispatcher: Dispatcher,
  base: string,
  way: BackendRoute,
  { method, path, key, body, headers }: Call,
  { userAgent, wall }: { userAgent: string; wall: () => number },
): Promise<Answer> {
  const response = await request(base.replace(/\/$/, "") + path, {
    dispatcher,
    method,
    body: body && JSON.stringify(body),
    headers: {
      accept: "application/json",
      "user-agent": userAgent,
      "signet-features": FEATURES,
      date: new Date(wall()).toUTCString(),
      ...(body ? { "content-type": "application/json" } : {}),
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...headers,
    },
  }).catch((error: unknown) => {
    throw new Unanswered(connectionProblem(error, way));
  });
  const text = await response.body.text().catch((error: unknown) => {
    throw new Unanswered(connectionProblem(error, way));
  });
  return usable(response, text, path, way);
}

/**
 * TLS servers close a connection that begins in clear text. So if nothing ever responded, a TLS greeting finds that
 * cause.
 */
async function clearTextToTls(error: unknown, route: Route, way: BackendRoute): Promise<unknown> {
  const isCut = error instanceof Unanswered && error.trouble.kind === "cut";
  if (!isCut || way.secure || way.proxy || !(await speaksTls(route))) return error;
  return new Unanswered(wrongScheme(way));
}

/** The body of a successful response; throws the problem of any other. */
function usable(
  { statusCode: status, headers }: Dispatcher.ResponseData,
  text: string,
  path: string,
  way: BackendRoute,
): Answer {
  const header = (name: string) => [headers[name]].flat()[0];
  if (status === 304) return { status, json: null, header };
  const type = header("content-type") ?? "";
  const json = /\bjson\b/i.test(type) ? parsedJson(text) : undefined;
  if (status === 200 && json !== undefined) return { status, json, header };
  const own = /^application\/problem\+json\b/i.test(type) ? problem.safeParse(json).data : undefined;
  const trouble = problemOfResponse({ status, path, problem: own, text, location: header("location") }, way);
  throw new Unanswered(trouble, seconds(header("retry-after")));
}

function read<Shape extends z.ZodType>(shape: Shape, { json }: Answer, way: BackendRoute): z.infer<Shape> {
  const read = shape.safeParse(json);
  if (read.success) return read.data;
  const place = read.error.issues[0]?.path.join(".") ?? "";
  throw new Unanswered(unreadableResponse(`${place || "its body"} is not as expected`, way));
}

function routeOf({ backend, proxy, proxyPassword }: Route): BackendRoute {
  const { hostname, port, protocol } = new URL(backend);
  return {
    host: hostname,
    port: port || (protocol === "https:" ? "443" : "80"),
    proxy: proxy ? proxyOf(proxy, proxyPassword).host : null,
    secure: protocol === "https:",
  };
}

/** `Retry-After` in seconds; the form with a date depends on clocks and is ignored. */
function seconds(header: string | undefined): number | undefined {
  const wait = Number(header);
  return header && Number.isFinite(wait) && wait >= 0 ? Math.min(wait, 3600) : undefined;
}
