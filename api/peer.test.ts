import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { newApp, sendJson } from "./http";
import { readJson } from "./json-body";
import { notePeers, readAddress } from "./peer";

vi.stubEnv("LOG_LEVEL", "silent");
notePeers();

const app = newApp();
app.post("/", async (c) => sendJson(c, { got: await readJson(c) }));
app.get("/", (c) => c.json({ address: readAddress(c) ?? null }));

const direct = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
/** A mounted app gets only the headers. */
const mounted = createServer(async (request, response) => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  response.end(await (await app.request("/", { headers })).text());
});

const listen = (server: typeof direct) => new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
const urlOf = (server: typeof direct) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
beforeAll(() => Promise.all([direct, mounted].map(listen)));
afterAll(() => {
  direct.close();
  mounted.close();
});

const seen = async (server: typeof direct, headers: Record<string, string> = {}) =>
  (await fetch(urlOf(server), { headers })).json();

test.each([
  ["a socket", direct],
  ["a mount", mounted],
])("behind %s the peer's address is known, whatever the client claims", async (_, server) => {
  expect(await seen(server)).toEqual({ address: "127.0.0.1" });
  expect(await seen(server, { "X-Signet-Peer": "203.0.113.9" })).toEqual({
    address: "127.0.0.1",
  });
  expect(await seen(server, { "X-Forwarded-For": "127.0.0.1" })).toEqual({
    address: "127.0.0.1",
  });
  for (const header of ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
    expect(await seen(server, { [header]: "203.0.113.9" })).toEqual({ address: "127.0.0.1" });
});

test.each([
  ["a socket", direct],
  ["a mount", mounted],
])(
  "behind %s and a trusted proxy the last address counts: the client can write those before it",
  async (_, server) => {
    vi.stubEnv("TRUST_PROXY", "true");
    globalThis.signetState?.delete("env");
    const found = await seen(server, { "X-Forwarded-For": "203.0.113.9, 198.51.100.7" });
    vi.stubEnv("TRUST_PROXY", "");
    globalThis.signetState?.delete("env");
    expect(found).toEqual({ address: "198.51.100.7" });
  },
);

test("an IPv4 peer has an IPv4 address even if the socket listens on IPv6", async () => {
  const dual = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  await new Promise<void>((done) => dual.listen(0, "::", done));
  expect(await seen(dual)).toEqual({ address: "127.0.0.1" });
  expect(await seen(dual, { "X-Forwarded-For": "::ffff:127.0.0.1" })).toEqual({ address: "127.0.0.1" });
  dual.close();
});

test("a response is the same through a socket or a mount, and has its request's own id", async () => {
  const sent = { method: "POST", body: '{"name":"Jörg"}' };
  const responses = [];
  for (const id of ["r-1", "r-2"]) {
    const request = { ...sent, headers: { "X-Request-Id": id } };
    for (const response of [await fetch(urlOf(direct), request), await app.request("/", request)]) {
      const [type, own] = ["Content-Type", "X-Request-Id"].map((name) => response.headers.get(name));
      responses.push({ type, isOwn: own === id, status: response.status, body: await response.json() });
    }
  }
  const body = { got: { name: "Jörg" } };
  const response = { type: "application/json", isOwn: true, status: 200, body };
  expect(responses).toEqual([response, response, response, response]);
});

test("a body over 5 MiB is answered with 413 on the wire, with and without a length", async () => {
  const big = new Uint8Array(6 * 1024 * 1024);
  const post = (body: BodyInit) =>
    fetch(urlOf(direct), { method: "POST", body, duplex: "half" } as RequestInit).then(
      ({ status }) => status,
    );
  expect(await post(big)).toBe(413);
  expect(await post(new Blob([big]).stream())).toBe(413);
  expect(await post("{}")).toBe(200);
});

test("a body that breaks off gets no response and causes no crash", async () => {
  const { port } = direct.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1");
  socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
  await new Promise((done) => setImmediate(done));
  socket.destroy();
  expect(await seen(direct)).toEqual({ address: "127.0.0.1" });
});
