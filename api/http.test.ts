import { gzipSync } from "node:zlib";
import { createRoute, z } from "@hono/zod-openapi";
import { expect, test, vi } from "vitest";
import { Refusal } from "@/domain/refusals/refusal";
import { log } from "@/server/store/log";
import { newApp } from "./http";
import { limitBody, readJson, utf8Body } from "./json-body";

vi.stubEnv("LOG_LEVEL", "silent");

const app = newApp();
const made = createRoute({
  method: "post",
  path: "/things",
  request: {
    body: {
      required: true,
      content: { "application/json": { schema: z.strictObject({ a: z.object({ "b/c": z.int() }) }) } },
    },
  },
  responses: { 204: { description: "Taken" } },
});
app.use("/things", limitBody, utf8Body);
app.openapi(made, (c) => c.body(null, 204));
app.post("/by-hand", async (c) => c.json({ got: await readJson(c) }));
app.get("/revoked", () => {
  throw new Refusal("KEY_REVOKED", "This key was revoked.");
});
app.get("/acted", (c) => {
  c.set("actor", { kind: "token", id: "t-1", address: "192.0.2.1" });
  throw new Refusal("FORBIDDEN", "No.");
});
app.get("/unauthorized", () => {
  throw new Refusal("INVALID_TOKEN", "No.");
});
app.get("/busy", () => {
  throw new Refusal("OVERLOADED", "Wait.", { retryAfter: 7 });
});
app.get("/away", () => {
  throw Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
});
app.get("/ready", (c) => c.json({ status: "unavailable" }, 503));
app.get("/bug", () => {
  throw new Error("the secret of the bug");
});

const json = { "Content-Type": "application/json" };
const stream = (bytes: number) => new Blob([new Uint8Array(bytes)]).stream();

test("a refusal is a problem body with every member of the contract", async () => {
  const response = await app.request("/revoked", { headers: { "X-Request-Id": "r-1" } });
  expect(response.status).toBe(403);
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  expect(response.headers.get("X-Request-Id")).toBe("r-1");
  const title = "The key was revoked";
  const detail = "This key was revoked.";
  expect(await response.json()).toEqual({
    type: "/errors/key-revoked",
    title,
    status: 403,
    code: "KEY_REVOKED",
    detail,
    errors: [{ code: "KEY_REVOKED", title, detail }],
    error: title,
    message: detail,
    requestId: "r-1",
  });
});

test.each([
  ["/unauthorized", 401, "WWW-Authenticate", "Bearer"],
  ["/busy", 503, "Retry-After", "7"],
  ["/away", 503, "Retry-After", "5"],
])("%s returns %i with %s", async (path, status, header, value) => {
  const response = await app.request(path);
  expect([response.status, response.headers.get(header)]).toEqual([status, value]);
});

test.each(["/bug", "/none"])("%s reveals nothing internal", async (path) => {
  const response = await app.request(path);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ status: response.status, requestId: expect.any(String) });
  expect(text).not.toContain("secret");
});

test.each(["", "x".repeat(101), "a b", "ä"])("the request id %j is replaced", async (id) => {
  const response = await app.request("/none", {
    headers: { "X-Request-Id": encodeURI(id) === id ? id : "a b" },
  });
  expect(response.headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([
  ["no JSON", { headers: json, body: "{" }, 422, undefined],
  ["another type", { body: "a=1", headers: { "Content-Type": "text/plain" } }, 422, undefined],
  ["a wrong field", { headers: json, body: '{"a":{"b/c":"x"}}' }, 422, "/a/b~1c"],
  ["an unknown field", { headers: json, body: '{"a":{"b/c":1},"z":1}' }, 422, ""],
  ["a body over 5 MiB", { headers: { ...json, "Content-Length": "5242881" }, body: "{}" }, 413, undefined],
  ["a stream over 5 MiB", { headers: json, body: stream(5_242_881), duplex: "half" }, 413, undefined],
])("%s is refused", async (_, init, status, pointer) => {
  const response = await app.request("/things", { method: "POST", ...init });
  const { errors } = await response.json();
  expect([response.status, errors[0].pointer]).toEqual([status, pointer]);
});

test("a body can be read by hand under the same limit", async () => {
  const post = (body: BodyInit) =>
    app.request(
      new Request("http://signet/by-hand", { method: "POST", body, duplex: "half" } as RequestInit),
    );
  expect(await (await post('{"a":1}')).json()).toEqual({ got: { a: 1 } });
  expect((await post("{")).status).toBe(422);
  expect((await post("")).status).toBe(422);
  expect((await post(stream(5_242_881))).status).toBe(413);
});

const latin1 = Buffer.from('{"a":"m\u00fcller"}', "latin1");

test.each([
  ["/by-hand", { body: latin1 }],
  ["/by-hand", { body: new Blob([latin1]).stream(), duplex: "half" }],
  ["/things", { body: latin1, headers: json }],
  ["/things", { body: new Blob([latin1]).stream(), headers: json, duplex: "half" }],
])("%s refuses bytes that aren't UTF-8 and says where they are", async (path, init) => {
  const response = await app.request(
    new Request(`http://signet${path}`, { method: "POST", ...init } as RequestInit),
  );
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    code: "INVALID_BODY",
    detail: expect.stringContaining("offset 7 (0xFC)"),
    errors: [{ code: "INVALID_UTF8" }],
  });
});

test("one byte order mark before the JSON is ignored", async () => {
  const bytes = Buffer.from('\ufeff{"a":{"b/c":1}}');
  const post = (path: string) => app.request(path, { method: "POST", headers: json, body: bytes });
  expect(await (await post("/by-hand")).json()).toEqual({ got: { a: { "b/c": 1 } } });
  expect((await post("/things")).status).toBe(204);
});

test("a compressed body is refused, so that no small one becomes a large one", async () => {
  const headers = { ...json, "Content-Encoding": "gzip" };
  const body = gzipSync(JSON.stringify({ a: " ".repeat(1024) }));
  for (const path of ["/by-hand", "/things"])
    expect((await app.request(path, { method: "POST", headers, body })).status, path).toBe(422);
});

test("the log line of a request has the id of its actor and nothing else of it, also for a probe", async () => {
  const { level } = log();
  log().level = "info";
  const written = vi.spyOn(log(), "info").mockImplementation(() => {});
  for (const path of ["/ready", "/acted"]) await app.request(path);
  const [requestId, ms] = [expect.any(String), expect.any(Number)];
  const seen = { requestId, ms, method: "GET", traceId: undefined };
  expect(written.mock.calls).toEqual([
    [{ ...seen, path: "/ready", status: 503 }, "request"],
    [{ ...seen, actor: "t-1", path: "/acted", status: 403 }, "request"],
  ]);
  written.mockRestore();
  log().level = level;
});
