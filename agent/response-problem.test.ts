import { expect, test } from "vitest";
import { problemType } from "@/domain/refusals/problem-type";
import { troubleOfAnswer } from "./response-problem";

const way = { host: "license.example.com", port: "3001", proxy: null, secure: false };
const proxied = { ...way, proxy: "proxy.example.com:3128" };
const path = "/v1/activations";
const own = (code: string) => ({ type: problemType(code), code, detail: `It says ${code}.` });
const NGINX = "<h1>400 Bad Request</h1>The plain HTTP request was sent to HTTPS port";
const GO = "Client sent an HTTP request to an HTTPS server.";

test.each([
  [{ status: 407 }, proxied, "proxy-password", "The proxy proxy.example.com:3128 refuses our credentials"],
  [{ status: 401 }, proxied, "proxy-password", "The proxy proxy.example.com:3128 refuses our credentials"],
  [{ status: 407 }, way, "proxy-password", "Give the proxy and its user in --proxy"],
  [{ status: 401 }, way, "portal", "sign-in page"],
  [{ status: 403 }, way, "portal", "sign-in page"],
  [{ status: 200 }, way, "portal", "the address of something else"],
  [{ status: 302, location: "http://login.example.com/" }, way, "portal", "sign-in page"],
  [{ status: 511 }, way, "portal", "sign-in page"],
  [{ status: 502 }, way, "gateway", "answers 502"],
  [{ status: 503 }, proxied, "gateway", "answers 503"],
  [{ status: 404 }, way, "address", "license.example.com:3001 has no /v1/activations"],
  [{ status: 405 }, proxied, "address", "without /v1"],
  [{ status: 404, problem: own("NOT_FOUND") }, way, "address", "without /v1"],
  [{ status: 400, text: NGINX }, way, "address", "Begin it with https://"],
  [{ status: 400, text: GO }, way, "address", "Begin it with https://"],
  [{ status: 301, location: "https://license.example.com/v1" }, way, "address", "Begin it with https://"],
  [{ status: 503, problem: own("OVERLOADED") }, way, "busy", "It says OVERLOADED."],
  [{ status: 503, problem: own("STORE_UNAVAILABLE") }, way, "busy", "It says STORE_UNAVAILABLE."],
  [{ status: 503, problem: own("OUTCOME_UNKNOWN") }, way, "busy", "sent again, and counts only once"],
  [{ status: 429, problem: own("TOO_MANY_REQUESTS") }, way, "busy", "It says TOO_MANY_REQUESTS."],
  [{ status: 401, problem: own("INVALID_KEY") }, proxied, "key", "The backend does not know this key."],
  [{ status: 403, problem: own("KEY_REVOKED") }, way, "refused", "It says KEY_REVOKED."],
  [{ status: 500, problem: own("INTERNAL") }, way, "fault", "It says INTERNAL."],
] as const)("%j by %j is %s: %s", (answer, by, kind, words) => {
  const trouble = troubleOfAnswer({ path, ...answer }, by);
  expect(trouble).toMatchObject({ kind, status: answer.status, words: expect.stringContaining(words) });
});
