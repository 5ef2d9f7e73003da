import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { getCloneableBody } from "next/dist/server/body-streams.js";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { noteLoss } from "@/server/store/statement-result";
import { NoConnection } from "@/server/store/store-away";
import { screen } from "./screening";

vi.stubEnv("LOG_LEVEL", "silent");

const ID = "60".padEnd(42, "a");
const TEXT = { "Next-Action": ID, "Content-Type": "text/plain" };
const server = createServer((request, response) => {
  void screen(request, response, page, new Set([ID]));
});
const url = (path = "/sign-in") => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => server.close());

/**
 * Reads a body as Next does, which passes it to the proxy first; a page fails because of its store, or for another
 * reason.
 */
async function page(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === "/away") noteLoss(new NoConnection(new Error("refused")), "SELECT 1");
  if (request.url !== "/sign-in") return void response.writeHead(500).end();
  const lent = getCloneableBody(request, undefined);
  lent.cloneBodyStream().resume();
  await lent.finalize();
  const chunks: Buffer[] = [];
  const kept = new Writable({ write: (chunk, _, done) => done(void chunks.push(chunk)) });
  await pipeline(request, kept);
  response.end(`${request.method} ${request.headers["content-type"]} ${Buffer.concat(chunks)}`);
}

test("a call of an action arrives complete, and other requests are unchanged", async () => {
  const body = '["acme\\\\müller"]';
  const called = await fetch(url(), { method: "POST", headers: TEXT, body });
  expect(await called.text()).toBe(`POST text/plain ${body}`);
  const form = new FormData();
  form.set("name", "Acme");
  expect(await (await fetch(url(), { method: "POST", body: form })).text()).toMatch(
    /name="name"\r\n\r\nAcme/,
  );
  const json = { "Content-Type": "application/json" };
  expect(await (await fetch(url(), { method: "POST", headers: json, body: "{" })).text()).toMatch(/json \{$/);
});

test("an unreadable or too large body is answered with a problem", async () => {
  for (const [body, status] of [
    ["[", 422],
    [`["${"x".repeat(1024 * 1024)}"]`, 413],
  ] as const) {
    const response = await fetch(url(), { method: "POST", headers: TEXT, body });
    expect([response.status, response.headers.get("content-type")]).toEqual([
      status,
      "application/problem+json",
    ]);
  }
});

test("a page that failed because of the store is 503 with Retry-After, any other failed page is 500", async () => {
  const away = await fetch(url("/away"));
  expect([away.status, away.headers.get("retry-after")]).toEqual([503, "5"]);
  const broken = await fetch(url("/broken"));
  expect([broken.status, broken.headers.get("retry-after")]).toEqual([500, null]);
});

test("every response has headers that keep browsers from guessing, framing and running it", async () => {
  const safe = async (path: string, method = "GET") => {
    const { headers } = await fetch(url(path), { method });
    return ["x-content-type-options", "content-security-policy", "strict-transport-security"].map((name) =>
      headers.get(name),
    );
  };
  const policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  for (const path of ["/sign-in", "/broken", "/%00"])
    expect(await safe(path), path).toEqual(["nosniff", policy, null]);
  vi.stubEnv("PUBLIC_URL", "https://signet.example");
  globalThis.signetState?.delete("env");
  expect(await safe("/sign-in")).toEqual(["nosniff", policy, "max-age=31536000; includeSubDomains"]);
  vi.stubEnv("PUBLIC_URL", "");
  globalThis.signetState?.delete("env");
});
