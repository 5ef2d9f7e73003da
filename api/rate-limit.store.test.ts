import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { startCountExchange } from "@/server/access/rate-limits";
import { createToken } from "@/server/identity/tokens";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { store } from "@/server/store/store";
import { makeLicense, minutes, NOW, OWNER } from "@/server/testing/test-licenses";
import { storeKind, useStore } from "@/server/testing/test-store";
import { createApi } from "./app";

vi.stubEnv("LOG_LEVEL", "silent");
vi.stubEnv("RATE_LIMIT_READS", "3");
vi.stubEnv("RATE_LIMIT_WRITES", "2");
vi.stubEnv("RATE_LIMIT_CALLS", "2");
useStore();
afterAll(() => void vi.unstubAllEnvs());

let now: Date;
beforeEach(() => {
  now = NOW;
});
const app = createApi({ clock: () => now });

async function tokenClient() {
  const { token } = await createToken(OWNER, { name: "t", role: "owner" }, SYSTEM, NOW);
  return (method: string, path: string, body?: object) =>
    app.request(path, {
      method,
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: body && JSON.stringify(body),
    });
}

async function keyClient() {
  const { number } = await makeLicense({ product: "QSEfW", allotments: [minutes("analyzer_time", 100)] });
  const { key } = await issueLicenseKey(number, "", SYSTEM, NOW);
  return (source: string, path = "/v1/consumption") =>
    app.request(path, {
      method: "POST",
      headers: { Authorization: `Bearer ${key}`, "User-Agent": "Licenses/1.6.4 (windows) QSEfW" },
      body: JSON.stringify({ source, consumption: [], cause: "Initial" }),
    });
}

const fieldsOf = ({ headers }: Response) => [headers.get("RateLimit-Policy"), headers.get("RateLimit")];

test("a token reads as often as its limit, then 429 until the window ends; writes count apart", async () => {
  const call = await tokenClient();
  now = new Date("2026-08-24T10:03:00Z");
  const first = await call("GET", "/api/v1/admin/licenses");
  expect(fieldsOf(first)).toEqual(['"reads";q=3;w=300', '"reads";r=2;t=120']);
  await call("HEAD", "/api/v1/admin/licenses");
  expect((await call("GET", "/api/v1/admin/licenses/9999000000000000")).status).toBe(404);

  const refused = await call("GET", "/api/v1/admin/licenses");
  expect(refused.status).toBe(429);
  expect(refused.headers.get("Retry-After")).toBe("120");
  expect(fieldsOf(refused)).toEqual(['"reads";q=3;w=300', '"reads";r=0;t=120']);
  const body = await refused.json();
  expect(body).toMatchObject({ code: "TOO_MANY_REQUESTS", status: 429, requestId: expect.any(String) });
  expect(body.detail).toBe(
    "This API token may send 3 reads in five minutes. Try again in 120 seconds. Nothing was changed.",
  );

  const write = await call("POST", "/api/v1/admin/customers", { name: crypto.randomUUID() });
  expect([write.status, ...fieldsOf(write)]).toEqual([201, '"writes";q=2;w=300', '"writes";r=1;t=120']);
  now = new Date("2026-08-24T10:05:00Z");
  expect((await call("GET", "/api/v1/admin/licenses")).status).toBe(200);
});

test("no token uses up the limit of another, and a request without a valid one has none", async () => {
  const [one, other] = [await tokenClient(), await tokenClient()];
  for (let time = 0; time < 5; time += 1) await one("GET", "/api/v1/admin/licenses");
  expect((await other("GET", "/api/v1/admin/licenses")).status).toBe(200);
  const stranger = await app.request("/api/v1/admin/licenses", {
    headers: { Authorization: "Bearer sgn_x" },
  });
  expect([stranger.status, ...fieldsOf(stranger)]).toEqual([401, null, null]);
});

test("a key is limited over all its deployments, before a body is read or the store is asked", async () => {
  const call = await keyClient();
  const first = await call("warsaw");
  expect([first.status, ...fieldsOf(first)]).toEqual([200, '"calls";q=2;w=300', '"calls";r=1;t=300']);
  expect((await call("berlin", "/v1/activations")).status).toBe(200);
  const query = vi.spyOn(store().sql, "query");
  const refused = await call("paris");
  expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "300"]);
  expect(query).not.toHaveBeenCalled();
  query.mockRestore();
  expect((await keyClient().then((other) => other("paris"))).status).toBe(200);
});

test.runIf(storeKind() === "postgresql")("servers exchange counts about once a second", async () => {
  const call = await keyClient();
  await call("warsaw");
  const written = vi.fn(async () => (await store().db.requestCount.findMany()).length);
  const stop = startCountExchange(() => now);
  await vi.waitFor(async () => expect(await written()).toBeGreaterThan(0), 5000);
  stop();
});
