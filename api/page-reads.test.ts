import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { forgetProcessState } from "@/server/store/per-process";
import { mustBeCurrent, readScope } from "@/server/store/read-scope";
import { withPageReads } from "./page-reads";

const REPLICA = {
  DATABASE_URL: "postgres://one/signet",
  DATABASE_READ_URL: "postgres://two/signet",
  SIGNET_SECRET: "c2lnbmV0".repeat(6),
  PUBLIC_URL: "https://signet.example",
};

/** Responds with what the request may read, and sets a cookie as an action does: in place of those before. */
const server = createServer((request, response) =>
  withPageReads(request, response, () => {
    response.setHeader("Set-Cookie", "own=1");
    response.end(readScope() ? (mustBeCurrent() ? "current" : "recent") : "the primary");
  }),
);

beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => server.close());
afterEach(() => {
  vi.unstubAllEnvs();
  forgetProcessState();
});

async function called(settings: Record<string, string>, method: string, path: string, cookie = "") {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  forgetProcessState();
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { cookie } });
  return { reads: await response.text(), cookies: response.headers.getSetCookie() };
}

const CHANGED = "signet-changed=1; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure";

test.each([
  ["a page", "GET", "/licenses", "", "recent", []],
  ["a page after a change", "GET", "/licenses", "a=b; signet-changed=1", "current", []],
  ["a page beside another cookie", "GET", "/licenses", "not-signet-changed=1", "recent", []],
  ["an action", "POST", "/licenses", "", "the primary", [CHANGED]],
  ["the progress of changes", "GET", "/licenses/import/progress?id=1", "", "recent", [CHANGED]],
])("%s reads what it must, and a change is remembered", async (_, method, path, cookie, reads, changed) => {
  expect(await called(REPLICA, method, path, cookie)).toEqual({ reads, cookies: ["own=1", ...changed] });
});

test("without a replica there is nothing to choose or to remember", async () => {
  const plain = { reads: "the primary", cookies: ["own=1"] };
  expect(await called({ DATABASE_READ_URL: "" }, "POST", "/licenses")).toEqual(plain);
  expect(await called({ DATABASE_READ_URL: "" }, "GET", "/licenses")).toEqual(plain);
});
