import { expect, test } from "vitest";
import { clockText, connectionProblem } from "./backend-problem";

const route = { host: "license.example.com", port: "443", proxy: null, secure: true };
const proxied = { ...route, proxy: "proxy.example.com:3128" };
const failed = (code: string, message = code) => Object.assign(new Error(message), { code });
const wrapped = (error: Error) => new TypeError("fetch failed", { cause: error });

test.each([
  [
    failed("ENOTFOUND", "getaddrinfo ENOTFOUND license.example.com"),
    route,
    "name",
    "license.example.com was not found",
  ],
  [
    failed("ENOTFOUND", "getaddrinfo ENOTFOUND proxy.example.com"),
    proxied,
    "name",
    "proxy.example.com was not found",
  ],
  [failed("ECONNREFUSED"), route, "port", "license.example.com:443"],
  [wrapped(failed("ECONNREFUSED")), proxied, "port", "the proxy proxy.example.com:3128"],
  [failed("UND_ERR_CONNECT_TIMEOUT"), route, "port", "blocked by a firewall"],
  [new AggregateError([failed("ETIMEDOUT"), failed("ENETUNREACH")]), route, "port", "blocked by a firewall"],
  [failed("UND_ERR_HEADERS_TIMEOUT"), route, "slow", "did not answer in time"],
  [failed("DEPTH_ZERO_SELF_SIGNED_CERT"), route, "tls", "--ca"],
  [failed("CERT_HAS_EXPIRED"), route, "tls", "Check this machine's clock"],
  [failed("ERR_TLS_CERT_ALTNAME_INVALID"), route, "tls", "not issued for license.example.com"],
  [failed("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"), route, "tls", "--tls-min"],
  [
    failed("UND_ERR_ABORTED", "Proxy response (407) !== 200 when HTTP Tunneling"),
    proxied,
    "proxy-password",
    "proxy.example.com:3128",
  ],
  [
    failed("UND_ERR_ABORTED", "Proxy response (403) !== 200 when HTTP Tunneling"),
    proxied,
    "proxy",
    "refused the connection",
  ],
  [
    failed("UND_ERR_ABORTED", "Proxy response (401) !== 200 when HTTP Tunneling"),
    proxied,
    "proxy-password",
    "SIGNET_PROXY_PASSWORD",
  ],
  [
    failed("UND_ERR_INVALID_ARG", "Proxy Authentication Required (407)"),
    proxied,
    "proxy-password",
    "refuses",
  ],
  [failed("ERR_SSL_WRONG_VERSION_NUMBER"), route, "address", "Begin it with http://"],
  [failed("ERR_SSL_PACKET_LENGTH_TOO_LONG"), proxied, "address", "begin --proxy with http://"],
  [failed("HPE_INVALID_CONSTANT"), { ...route, secure: false }, "address", "Begin it with https://"],
  [failed("ECONNRESET"), route, "cut", "was interrupted (ECONNRESET)"],
  ["what is no error", route, "cut", "what is no error"],
] as const)("the error %s with %j becomes %s: %s", (error, by, kind, words) => {
  const problem = connectionProblem(error, by);
  expect(problem.kind).toBe(kind);
  expect(problem.words).toContain(words);
});

test.each([
  [0, null],
  [120_000, null],
  [12 * 60_000, "This machine's clock is 12 minutes behind the backend's. Correct it."],
  [-3 * 60_000, "This machine's clock is 3 minutes ahead of the backend's. Correct it."],
])("a backend that is %i ms ahead is reported as %s", (ahead, words) => expect(clockText(ahead)).toBe(words));
