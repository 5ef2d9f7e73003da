import { expect, test } from "vitest";
import { problemType } from "@/domain/refusals/problem-type";
import { problemOfResponse } from "./response-problem";

const route = { host: "license.example.com", port: "3001", proxy: null, secure: false };
const proxied = { ...route, proxy: "proxy.example.com:3128" };
const path = "/v1/activations";
const own = (code: string) => ({ type: problemType(code), code, detail: `It says ${code}.` });
const NGINX = "<h1>400 Bad Request</h1>The plain HTTP request was sent to HTTPS port";
const GO = "Client sent an HTTP request to an HTTPS server.";

test.each([
  [{ status: 407 }, proxied, "proxy-password", "The proxy proxy.example.com:3128 refuses our credentials"],
  [{ status: 401 }, proxied, "proxy-password", "The proxy proxy.example.com:3128 refuses our credentials"],
  [{ status: 407 }, route, "proxy-password", "Give the proxy and its user in --proxy"],
  [{ status: 401 }, route, "portal", "sign-in page"],
  [{ status: 403 }, route, "portal", "sign-in page"],
  [{ status: 200 }, route, "portal", "the address of something else"],
  [{ status: 302, location: "http://login.example.com/" }, route, "portal", "sign-in page"],
  [{ status: 511 }, route, "portal", "sign-in page"],
  [{ status: 502 }, route, "gateway", "answers 502"],
  [{ status: 503 }, proxied, "gateway", "answers 503"],
  [{ status: 404 }, route, "address", "license.example.com:3001 has no /v1/activations"],
  [{ status: 405 }, proxied, "address", "without /v1"],
  [{ status: 404, problem: own("NOT_FOUND") }, route, "address", "without /v1"],
  [{ status: 400, text: NGINX }, route, "address", "Begin it with https://"],
  [{ status: 400, text: GO }, route, "address", "Begin it with https://"],
  [{ status: 301, location: "https://license.example.com/v1" }, route, "address", "Begin it with https://"],
  [{ status: 503, problem: own("OVERLOADED") }, route, "busy", "It says OVERLOADED."],
  [{ status: 503, problem: own("STORE_UNAVAILABLE") }, route, "busy", "It says STORE_UNAVAILABLE."],
  [{ status: 503, problem: own("OUTCOME_UNKNOWN") }, route, "busy", "sent again, and counts only once"],
  [{ status: 429, problem: own("TOO_MANY_REQUESTS") }, route, "busy", "It says TOO_MANY_REQUESTS."],
  [{ status: 401, problem: own("INVALID_KEY") }, proxied, "key", "The backend does not know this key."],
  [{ status: 403, problem: own("KEY_REVOKED") }, route, "refused", "It says KEY_REVOKED."],
  [{ status: 500, problem: own("INTERNAL") }, route, "fault", "It says INTERNAL."],
] as const)("the response %j by %j becomes %s: %s", (response, by, kind, words) => {
  const problem = problemOfResponse({ path, ...response }, by);
  expect(problem).toMatchObject({ kind, status: response.status, words: expect.stringContaining(words) });
});
