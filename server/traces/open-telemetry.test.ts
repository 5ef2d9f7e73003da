import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createApi } from "@/api/app";
import { answering, openReceiver } from "@/scripts/receiver";
import { SYSTEM } from "@/server/access/actor";
import { createToken } from "@/server/identity/tokens";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { store } from "@/server/store/store";
import { makeLicense, minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { startTracing } from "./open-telemetry";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

type Sent = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  attributes: { key: string; value: Record<string, unknown> }[];
  links?: { traceId: string; spanId: string }[];
  status?: { code?: number };
};

const collector = await openReceiver(answering(200, "{}"));
const { received } = collector;
beforeAll(() => void vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", new URL(collector.url).origin));
afterAll(async () => {
  await collector.stop();
  vi.unstubAllEnvs();
});

let stop: () => Promise<void>;
beforeEach(() => {
  received.length = 0;
  stop = startTracing();
});
afterEach(() => stop());

const app = createApi({ clock: () => NOW });

/** Everything that was sent, after the last of it was. */
async function spans(): Promise<Sent[]> {
  await stop();
  return received.flatMap(({ body }) =>
    JSON.parse(body).resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: Sent[] }[] }) =>
      scopeSpans.flatMap(({ spans }) => spans),
    ),
  );
}

const attributesOf = ({ attributes }: Sent) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** The names from a span up to the request. */
function pathOf(all: Sent[], span: Sent): string[] {
  const parent = all.find(({ spanId }) => spanId === span.parentSpanId);
  return parent ? [span.name, ...pathOf(all, parent)] : [span.name];
}

async function product() {
  const allotments = [minutes("analyzer_time", 1000), seats("analyzer", 5)];
  const { number } = await makeLicense({ product: "QSEfW", allotments });
  const { key } = await issueLicenseKey(number, "", SYSTEM, NOW);
  const call = (path: string, body: object, headers = {}) =>
    app.request(path, {
      method: "POST",
      headers: { Authorization: `Bearer ${key}`, "User-Agent": "Licenses/1.6.4 (windows) QSEfW", ...headers },
      body: JSON.stringify(body),
    });
  return { number, key, call };
}

const report = (source: string) => ({
  source,
  consumption: [{ id: 1, allotment: "analyzer_time", month: "2026-08", consumption: 6 }],
});

test("a report is traced down to its statement, as a part of the caller's trace", async () => {
  const { number, key, call } = await product();
  const [traceId, parent] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];
  const traceparent = `00-${traceId}-${parent}-01`;
  expect((await call("/v1/consumption", report("secret-source"), { traceparent })).status).toBe(200);
  const patch = {
    instance: "",
    version: 0,
    license: number,
    allotment: "analyzer",
    created: NOW.toISOString(),
  };
  const patches = [{ ...patch, subject: "secret-subject" }];
  await call("/v1/assignments/sync", { source: "secret-source", bases: [], patches });

  const all = await spans();
  const request = all.find(({ name }) => name === "POST /v1/consumption");
  expect(request).toMatchObject({ traceId, parentSpanId: parent, kind: 2 });
  expect(request && attributesOf(request)).toEqual({
    "http.request.method": "POST",
    "http.route": "/v1/consumption",
    "http.response.status_code": 200,
  });
  const paths = all
    .filter((span) => span.traceId === traceId && span.kind === 3)
    .map((span) => pathOf(all, span));
  expect(paths).toContainEqual([
    "consumption_book",
    "shared statement",
    "wait for shared reports",
    "POST /v1/consumption",
  ]);
  const sync = all.find(({ name }) => name === "POST /v1/assignments/sync");
  expect(all.filter((span) => span.traceId === sync?.traceId).map(({ name }) => name)).toContain(
    "transaction",
  );

  expect(new Set(received.map(({ path }) => path))).toEqual(new Set(["/v1/traces"]));
  const text = received.map(({ body }) => body).join("");
  expect(text).toContain('"signet"');
  for (const secret of [key, "secret-source", "secret-subject", number]) expect(text).not.toContain(secret);
});

test("reports that share a statement are linked: each trace has its wait, one has the statement", async () => {
  const { call } = await product();
  await Promise.all(["a", "b", "c", "d", "e", "f"].map((source) => call("/v1/consumption", report(source))));
  const all = await spans();
  const waits = all.filter(({ name }) => name === "wait for shared reports");
  expect(waits).toHaveLength(6);
  expect(new Set(waits.map(({ traceId }) => traceId)).size).toBe(6);
  const statements = all.filter(({ name }) => name === "shared statement");
  expect(statements.length).toBeLessThan(6);
  const linked = statements.flatMap(({ links = [] }) => links.map(({ spanId }) => spanId));
  const parents = statements.map(({ parentSpanId }) => parentSpanId);
  expect([...linked, ...parents].sort()).toEqual(waits.map(({ spanId }) => spanId).sort());
});

test("a management request is traced by route and by names of statements, never by what is in its address", async () => {
  const { number } = await makeLicense();
  const { token } = await createToken(OWNER, { name: "t", role: "owner" }, SYSTEM, NOW);
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  await app.request(`/api/v1/admin/licenses/${number}/assignments?query=secret-subject`, { headers });
  const name = `Customer ${crypto.randomUUID()}`;
  await app.request("/api/v1/admin/customers", { method: "POST", headers, body: JSON.stringify({ name }) });
  const all = await spans();
  const names = all.map((span) => span.name);
  expect(names).toContain("GET /api/v1/admin/licenses/:number/assignments");
  expect(names).toContain("SELECT api_token");
  expect(names).toContain("INSERT customer");
  const roots = all.filter(({ parentSpanId }) => !parentSpanId).map((span) => span.name);
  expect(roots.sort()).toEqual([
    "GET /api/v1/admin/licenses/:number/assignments",
    "POST /api/v1/admin/customers",
  ]);
  const text = received.map(({ body }) => body).join("");
  for (const secret of [number, token, name, "secret-subject"]) expect(text).not.toContain(secret);
});

test("a statement that fails is marked by its code alone, and work outside of requests makes no span", async () => {
  const { call } = await product();
  await makeLicense();
  const fault = Object.assign(new Error("about secret-subject"), { code: "22003" });
  vi.spyOn(store().sql, "query").mockRejectedValueOnce(fault);
  expect((await call("/v1/consumption", report("a"))).status).toBe(500);
  const all = await spans();
  const shared = all.find(({ name }) => name === "shared statement");
  expect(shared).toMatchObject({ status: { code: 2 } });
  expect(shared && attributesOf(shared)).toMatchObject({ "error.type": "22003" });
  expect(all.find(({ name }) => name === "POST /v1/consumption")).toMatchObject({ status: { code: 2 } });
  expect(new Set(all.map(({ traceId }) => traceId)).size).toBe(1);
  expect(received.map(({ body }) => body).join("")).not.toContain("secret-subject");
});

test("without a sampled parent nothing is sent", async () => {
  const { call } = await product();
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
  await call("/v1/consumption", report("a"), { traceparent });
  expect(await spans()).toEqual([]);
});
