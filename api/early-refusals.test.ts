import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { log } from "@/server/store/log";
import { refuseEarly } from "./early-refusals";
import { newApp } from "./http";
import { metricsText } from "./metrics";

vi.stubEnv("LOG_LEVEL", "silent");

const app = newApp();
app.get("/v1/things", (c) => c.text("things"));
app.post("/v1/things", (c) => c.text("made"));
app.get("/licenses/:number", (c) => c.text(c.req.param("number")));
app.post("/licenses/:number", (c) => c.text("acted"));
const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
const server = createServer((request, response) => {
  if (!refuseEarly(request, response)) listener(request, response);
});

beforeAll(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", done)));
afterAll(() => server.close());

/** One request as raw text: `fetch` would fix or refuse it. */
function raw(line: string, headers: string[] = [], body = ""): Promise<{ status: number; text: string }> {
  const { port } = server.address() as AddressInfo;
  return new Promise((done, fail) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => {
      const all = ["Host: signet.example", "Connection: close", `Content-Length: ${body.length}`, ...headers];
      socket.write(`${line} HTTP/1.1\r\n${all.join("\r\n")}\r\n\r\n${body}`);
    });
    socket.on("data", (bytes) => (text += bytes));
    socket.on("end", () => done({ status: Number(text.slice(9, 12)), text }));
    socket.on("error", fail);
  });
}

test.each([
  ["GET /v1/%00", 400, "INVALID_ADDRESS"],
  ["GET /v1/things?source=a%00b", 400, "INVALID_ADDRESS"],
  ["GET /v1/%ZZ", 400, "INVALID_ADDRESS"],
  ["GET /licenses/%E4", 400, "INVALID_ADDRESS"],
  ["GET /%c0%80", 400, "INVALID_ADDRESS"],
  ["OPTIONS *", 400, "INVALID_ADDRESS"],
  ["TRACE /v1/things", 405, "METHOD_NOT_ALLOWED"],
  ["TRACE /licenses/1", 405, "METHOD_NOT_ALLOWED"],
  ["PROPFIND /licenses/1", 405, "METHOD_NOT_ALLOWED"],
  ["DELETE /v1/things", 405, "METHOD_NOT_ALLOWED"],
  ["OPTIONS /v1/things", 405, "METHOD_NOT_ALLOWED"],
])("%s is %i %s, with a problem body", async (line, status, code) => {
  const response = await raw(line);
  expect(response.status).toBe(status);
  expect(response.text.toLowerCase()).toContain("content-type: application/problem+json");
  expect(response.text).toContain(`"code":"${code}"`);
  expect(response.text).toContain(`"type":"/errors/${code.toLowerCase().replaceAll("_", "-")}"`);
});

test("an early refusal is counted like every request", async () => {
  await raw("GET /v1/%00");
  const counted = /^http_requests_total{method="GET",route="refused early",status="400"} [1-9]/m;
  expect((await metricsText(new Date())).text).toMatch(counted);
});

test("the log line of an early refusal has no query and no secret of a link", async () => {
  const written = vi.spyOn(log(), "info").mockImplementation(() => {});
  await raw("TRACE /v1/things?source=bob");
  await raw("POST /recover/c2VjcmV0", ["Origin: https://evil.example"]);
  const paths = written.mock.calls.map(([line]) => (line as unknown as { path: string }).path);
  expect(paths).toEqual(["/v1/things", "/recover/…"]);
  written.mockRestore();
});

test("a 405 lists the allowed methods, and HEAD works like GET", async () => {
  expect((await raw("PUT /v1/things")).text.toLowerCase()).toContain("allow: get, head, post\r\n");
  expect((await raw("DELETE /licenses/1")).text.toLowerCase()).toContain("allow: get, head, post\r\n");
  const head = await raw("HEAD /v1/things");
  expect([head.status, head.text.endsWith("\r\n\r\n")]).toEqual([200, true]);
  expect((await raw("PUT /v1/nothing")).status).toBe(404);
});

test.each([
  ["https://evil.example", [], 403],
  ["null", [], 403],
  ["nonsense", [], 403],
  ["https://signet.example:444", [], 403],
  ["https://signet.example", [], 200],
  ["https://public.example", ["X-Forwarded-Host: public.example, inner"], 200],
  ["https://signet.example", ["X-Forwarded-Host: public.example"], 403],
])("a form from %s with %j is %i", async (origin, headers, status) => {
  expect((await raw("POST /licenses/1", [`Origin: ${origin}`, ...headers], "a=1")).status).toBe(status);
});

test("a program with its own credential may send any origin, and so may a GET", async () => {
  const foreign = ["Origin: https://evil.example"];
  expect((await raw("POST /v1/things", foreign)).status).toBe(200);
  expect((await raw("GET /licenses/1", foreign)).status).toBe(200);
});
