import { request } from "node:http";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Served, type ServeOptions, serveAgent } from "./serve";
import { HOUR, newFolder } from "./test-agent";
import { TestBackend } from "./test-backend";
import { VirtualClock } from "./test-clock";

vi.setConfig({ testTimeout: 60_000 });

async function served(options: Partial<ServeOptions> = {}) {
  const clock = new VirtualClock("2026-03-10T08:00:00Z");
  const backend = await TestBackend.open(clock.time);
  const fixed = {
    backend: backend.url,
    data: newFolder(),
    port: 0,
    clock,
    random: () => 0.5,
    isFast: true,
    witness: null,
  };
  const all: Served = await serveAgent({ ...fixed, ...options });
  onTestFinished(async () => {
    await all.close();
    await backend.close();
  });
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(all.url + path, {
      method,
      headers: { ...json, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json");
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return { ...all, backend, clock, call };
}

test("a product enters a key, checks access, charges time and syncs", async () => {
  const { call, backend } = await served();
  expect((await call("POST", "/v1/access", { subject: "acme\\bob" })).body).toEqual({
    granted: false,
    reason: "NO_LICENSE",
  });
  expect(await call("GET", "/ready")).toMatchObject({ status: 503, body: { status: "no-license" } });
  expect(await call("POST", "/v1/sync")).toMatchObject({ status: 409, body: { code: "NO_LICENSE" } });
  const entered = await call("PUT", "/v1/license", { key: `${await backend.newKey()}\n` });
  expect(entered).toMatchObject({
    status: 200,
    body: { state: "ready", license: { number: "9999 0000 0000 1253" } },
  });
  expect(JSON.stringify(entered.body)).not.toContain("eyJ");
  expect(
    await call("POST", "/v1/assignments", { subject: "acme\\bob", allotment: "professional" }),
  ).toMatchObject({
    status: 200,
    body: { subject: "acme\\bob", allotment: "professional", state: "assigned" },
  });
  expect((await call("POST", "/v1/access", { subject: "ACME\\bob" })).body).toMatchObject({
    granted: true,
    accessType: "professional",
  });
  expect((await call("POST", "/v1/time", { minutes: 26, subject: "eve", app: "sales" })).body).toMatchObject({
    granted: true,
    charged: 30,
  });
  expect((await call("GET", "/v1/assignments")).body.assignments).toHaveLength(1);
  expect(await call("POST", "/v1/sync")).toMatchObject({
    status: 200,
    body: { waiting: { patches: 0, minutes: 0 } },
  });
  expect(backend.total("2026-03")).toBe(30);
  expect(
    (await call("DELETE", "/v1/assignments", { subject: "acme\\bob", allotment: "professional" })).status,
  ).toBe(204);
  expect(
    await call("DELETE", "/v1/assignments", { subject: "acme\\bob", allotment: "professional" }),
  ).toMatchObject({ status: 404 });
  expect((await call("DELETE", "/v1/license")).body).toMatchObject({ state: "no-license", license: null });
});

test("health is ok without a key, and warns before the lease ends; metrics have their names", async () => {
  const { call, backend, clock, agent } = await served({ random: () => 0.99 });
  expect(await call("GET", "/health")).toMatchObject({
    status: 200,
    body: { status: "ok", license: "no-license" },
  });
  await agent.enterKey(await backend.newKey());
  await agent.time({ minutes: 6 });
  backend.planFor = () => "lost";
  await clock.advance(13 * 24 * HOUR);
  const { body } = await call("GET", "/health");
  expect(body.warnings.join()).toContain("Users lose access in 24 hours");
  expect(body.error.kind).toBe("cut");
  const { body: metrics, headers } = await call("GET", "/metrics");
  expect(headers.get("content-type")).toContain("text/plain");
  expect(metrics).toContain('license_time_consumption{allotment="analyzer_time"} 6\n');
  expect(metrics).toContain('license_time_total{allotment="analyzer_time"} 6\n');
  expect(metrics).toContain("license_unreported_minutes 6\n");
});

test("requests from another site, with another host name, or with a body that isn't JSON are refused", async () => {
  const { call, url } = await served();
  const body = { subject: "x" };
  expect(await call("POST", "/v1/access", body, { origin: "https://evil.example" })).toMatchObject({
    status: 403,
    body: { code: "WRONG_ORIGIN" },
  });
  expect(await call("POST", "/v1/access", body, { origin: url })).toMatchObject({ status: 200 });
  expect(await call("POST", "/v1/access", body, { "content-type": "text/plain" })).toMatchObject({
    status: 415,
  });
  expect(await call("PUT", "/v1/license", [])).toMatchObject({ status: 422 });
  expect(await call("POST", "/v1/time", { minutes: -1 })).toMatchObject({ status: 422 });
  expect(await call("POST", "/v1/time", { minutes: 1, app: "x".repeat(70_000) })).toMatchObject({
    status: 413,
  });
  expect(await call("GET", "/nowhere")).toMatchObject({ status: 404 });
  const rebound = await new Promise((done) => {
    const { port } = new URL(url);
    request({ host: "127.0.0.1", port, path: "/v1/license", headers: { host: "evil.example" } }, (response) =>
      done(response.statusCode),
    ).end();
  });
  expect(rebound).toBe(403);
});

test("bytes that aren't UTF-8 are refused with their position, with and without a length", async () => {
  const { url } = await served();
  const latin1 = Buffer.from('{"subject":"acme\\\\m\u00fcller"}', "latin1");
  for (const body of [latin1, new Blob([latin1]).stream()]) {
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body, duplex: "half" };
    const response = await fetch(`${url}/v1/access`, init as RequestInit);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      code: "INVALID_BODY",
      detail: "The byte at offset 19 (0xFC) is not UTF-8. Send the body in UTF-8.",
    });
  }
});

test("with a token only its holders have access; health and the panel stay open", async () => {
  const { call } = await served({ token: "let-me-in" });
  expect(await call("GET", "/v1/license")).toMatchObject({ status: 401, body: { code: "INVALID_TOKEN" } });
  expect(await call("GET", "/v1/license", undefined, { authorization: "Bearer let-me-out" })).toMatchObject({
    status: 401,
  });
  expect(await call("GET", "/v1/license", undefined, { authorization: "bearer let-me-in" })).toMatchObject({
    status: 200,
  });
  expect((await call("GET", "/metrics")).status).toBe(401);
  expect((await call("GET", "/health")).status).toBe(200);
});

test("the panel is self-contained, with a new nonce each time", async () => {
  const { call } = await served();
  const { body, headers } = await call("GET", "/");
  const policy = headers.get("content-security-policy") ?? "";
  const [, nonce] = /'nonce-([^']+)'/.exec(policy) ?? [];
  expect(policy).not.toContain("unsafe");
  expect(body.match(/<(?:script|style)[^>]*>/g)).toEqual([
    `<style nonce="${nonce}">`,
    `<script nonce="${nonce}">`,
  ]);
  expect(body).not.toMatch(/(?:src|href)="https?:/);
  expect((await call("GET", "/")).body).not.toContain(String(nonce));
});

test("beyond loopback a token is required, and a folder belongs to one agent", async () => {
  const data = newFolder();
  const backend = "http://127.0.0.1:9";
  await expect(serveAgent({ backend, data, port: 0, host: "0.0.0.0" })).rejects.toThrow("--token");
  const { url } = await served({ data });
  await expect(serveAgent({ backend, data, port: 0 })).rejects.toThrow("in use by a running agent");
  await expect(serveAgent({ backend, data: newFolder(), port: Number(new URL(url).port) })).rejects.toThrow(
    "EADDRINUSE",
  );
});
