import { createHash, timingSafeEqual } from "node:crypto";
import { hostname } from "node:os";
import type { Context, MiddlewareHandler } from "hono";
import { problemType } from "@/domain/refusals/problem-type";

/** The address of the local API, and the token that it requires. */
export type Guard = { host: string; token?: string };

type Problem = {
  status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 500 | 503;
  code: string;
  detail: string;
};

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]", "::1"];
const OPEN_TO_ALL = new Set(["/", "/health", "/ready"]);

/** Accepts only requests that use this machine's name, come from this origin, and have the token if there is one. */
export function guard({ host, token }: Guard): MiddlewareHandler {
  const names = new Set([...LOOPBACK, ...(LOOPBACK.includes(host) ? [] : [host, hostname().toLowerCase()])]);
  return async (c, next) => {
    if (!names.has(nameIn(c.req.header("Host")))) return problem(c, WRONG_HOST);
    if (isForeign(c)) return problem(c, WRONG_ORIGIN);
    if (token && !OPEN_TO_ALL.has(c.req.path) && !hasToken(c, token)) return problem(c, NO_TOKEN);
    const hasBody = c.req.method === "POST" || c.req.method === "PUT" || c.req.method === "DELETE";
    if (hasBody && !isJson(c)) return problem(c, NOT_JSON);
    c.header("Cache-Control", "no-store");
    c.header("X-Content-Type-Options", "nosniff");
    return next();
  };
}

export function problem(c: Context, { status, code, detail }: Problem): Response {
  const headers = { "Content-Type": "application/problem+json", "Cache-Control": "no-store" };
  return c.body(
    JSON.stringify({ type: problemType(code), title: detail, status, code, detail }),
    status,
    headers,
  );
}

export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host);
}

/** A page of another site can make a browser send requests here, but it can't remove its origin from them. */
function isForeign(c: Context): boolean {
  const origin = c.req.header("Origin");
  const fetchSite = c.req.header("Sec-Fetch-Site");
  if (origin !== undefined && origin !== `http://${c.req.header("Host")}`) return true;
  return fetchSite === "cross-site" || fetchSite === "same-site";
}

/** The `Host` header without its port. */
function nameIn(header = ""): string {
  return header.toLowerCase().replace(/:\d+$/, "");
}

function hasToken(c: Context, token: string): boolean {
  const [, sent = ""] = /^bearer +(\S+)$/i.exec(c.req.header("Authorization") ?? "") ?? [];
  return timingSafeEqual(digest(sent), digest(token));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** A request without a body counts as JSON, unless a form of a page sent it. */
function isJson(c: Context): boolean {
  const type = c.req.header("Content-Type");
  return type === undefined
    ? !c.req.header("Content-Length") || c.req.header("Content-Length") === "0"
    : /^application\/json\b/i.test(type);
}

const WRONG_HOST: Problem = {
  status: 403,
  code: "WRONG_HOST",
  detail:
    "This agent answers only to this machine's names. Use http://localhost, or the name given with --host.",
};
const WRONG_ORIGIN: Problem = {
  status: 403,
  code: "WRONG_ORIGIN",
  detail: "A page on another site can't use this agent.",
};
const NO_TOKEN: Problem = {
  status: 401,
  code: "INVALID_TOKEN",
  detail: "This agent needs a token. Send the token that it was started with, as Authorization: Bearer.",
};
const NOT_JSON: Problem = { status: 415, code: "NOT_JSON", detail: "Send the body as application/json." };
