import { createHash } from "node:crypto";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createApi } from "@/api/app";
import { SYSTEM } from "@/server/access/actor";
import { createToken } from "@/server/identity/tokens";
import { removeLicense } from "@/server/licenses/license-removal";
import { purge } from "@/server/maintenance/purge";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { storeKind, useStore } from "@/server/testing/test-store";
import { SECRET_MEMBERS } from "./secret-members";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

let now: Date;
let post: Awaited<ReturnType<typeof poster>>;
const app = createApi({ clock: () => now });
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

beforeAll(async () => {
  post = await poster();
});
beforeEach(() => {
  now = NOW;
});
afterEach(() => void vi.restoreAllMocks());

/** Sends POSTs with a token of its own. */
async function poster() {
  const { token } = await createToken(OWNER, { name: "t", role: "owner" }, SYSTEM, NOW);
  return async (path: string, body: unknown, key: string | null = crypto.randomUUID()) => {
    const response = await app.request(`/api/v1/admin${path}`, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${token}`,
        "Content-Type": "application/json",
        ...(key === null ? {} : { "Idempotency-Key": key }),
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const { status, headers } = response;
    return { status, headers, body: text === "" ? null : JSON.parse(text) };
  };
}

const hashOf = (key: string) => new Uint8Array(createHash("sha256").update(key).digest());
const customers = (name: string) => store().db.customer.count({ where: { name } });
const named = () => `Customer ${crypto.randomUUID()}`;

test("the same key and request are carried out once and get the same response, also its address", async () => {
  const [name, key] = [named(), crypto.randomUUID()];
  const first = await post("/customers", { name }, key);
  expect(first.status).toBe(201);
  expect(first.headers.get("Idempotency-Replayed")).toBeNull();
  now = later(23 * 3600);
  const again = await post("/customers", { name }, key);
  expect([again.status, again.body]).toEqual([201, first.body]);
  expect(again.headers.get("Location")).toBe(first.headers.get("Location"));
  expect(again.headers.get("Idempotency-Replayed")).toBe("true");
  expect(await customers(name)).toBe(1);
  const other = await post("/customers", { name }, crypto.randomUUID());
  expect([other.status, other.body.code]).toEqual([409, "NAME_TAKEN"]);
});

test("of many requests at once one is carried out; the others wait their turn or get its response", async () => {
  const [number, key] = [(await makeLicense()).number, crypto.randomUUID()];
  const all = await Promise.all(
    Array.from({ length: 8 }, () => post(`/licenses/${number}/keys`, { label: "k" }, key)),
  );
  const statuses = all.map(({ status, body }) => body.code ?? status);
  expect(statuses.filter((status) => status === 201).length).toBeGreaterThanOrEqual(1);
  const others = ["REQUEST_RUNNING", "STORE_UNAVAILABLE"]; // the latter if a busy machine lets it wait too long
  expect(statuses.filter((status) => status !== 201 && !others.includes(status))).toEqual([]);
  expect(await store().db.signedKey.count({ where: { licenseNumber: number } })).toBe(1);
});

test("a key belongs to its token, and to one request", async () => {
  const [name, key] = [named(), crypto.randomUUID()];
  await post("/customers", { name }, key);
  for (const [path, body] of [
    ["/customers", { name: named() }],
    ["/licenses", { name }],
    ["/customers?x=1", { name }],
  ] as const) {
    const reused = await post(path, body, key);
    expect([reused.status, reused.body.code]).toEqual([422, "IDEMPOTENCY_KEY_REUSED"]);
  }
  const another = await poster();
  expect((await another("/customers", { name: named() }, key)).status).toBe(201);
});

test("a refused request can be sent again with its key, and an invalid key refuses it", async () => {
  const [name, key] = [named(), crypto.randomUUID()];
  const taken = (await post("/customers", { name })).body;
  expect((await post("/customers", { name }, key)).body.code).toBe("NAME_TAKEN");
  await store().db.customer.update({ where: { id: taken.id }, data: { name: named(), nameKey: named() } });
  expect((await post("/customers", { name }, key)).status).toBe(201);
  expect((await post("/customers", { nam: 1 }, "k1")).status).toBe(422);
  for (const wrong of ["x".repeat(201), ""]) {
    const refused = await post("/customers", { name: named() }, wrong);
    expect([refused.status, refused.body.code]).toEqual([422, "INVALID_BODY"]);
  }
});

test("a response never keeps a secret, and nobody reads it from the store", async () => {
  const { number } = await makeLicense({ allotments: [seats("analyzer", 3)], product: "QSEfW" });
  const shown: string[] = [];
  const calls: [string, unknown][] = [
    ["/tokens", { name: "ci", role: "auditor" }],
    [`/licenses/${number}/keys`, { label: "k" }],
    [`/licenses/${number}/control`, {}],
    [`/licenses/${number}/control/reveal`, {}],
    [`/licenses/${number}/checkouts`, { product: "QSEfW" }],
    ["/webhooks", { name: "hook", url: "https://hooks.example.com/x" }],
  ];
  for (const [path, body] of calls) {
    const key = crypto.randomUUID();
    const first = await post(path, body, key);
    expect([path, first.status < 300, first.body]).toEqual([path, true, expect.anything()]);
    const secrets = Object.entries(first.body).filter(([name]) => SECRET_MEMBERS.includes(name));
    expect([path, secrets.length]).toEqual([path, 1]);
    shown.push(...secrets.map(([, secret]) => String(secret)));
    const rest = Object.fromEntries(
      Object.entries(first.body).filter(([name]) => !SECRET_MEMBERS.includes(name)),
    );
    const again = await post(path, body, key);
    expect([again.status, again.body]).toEqual([first.status, { ...rest, secretShown: true }]);
  }
  const assigned = { allotment: "analyzer", subject: "acme\\secret-subject" };
  const key = crypto.randomUUID();
  const seat = await post(`/licenses/${number}/assignments`, assigned, key);
  expect(seat.status).toBeLessThan(300);
  expect((await post(`/licenses/${number}/assignments`, assigned, key)).body).toEqual(seat.body);
  const rows = await store().db.idempotentRequest.findMany();
  expect(rows.filter(({ license, committed }) => license === number && committed)).toHaveLength(5);
  const kept = rows.map((row) =>
    JSON.stringify({ ...row, response: Buffer.from(row.response ?? []).toString("latin1") }),
  );
  for (const secret of [...shown, "secret-subject", key]) expect(kept.join("")).not.toContain(secret);
});

/** The state of a request whose server stopped before it kept the response. */
async function stopBefore(key: string, what: "the commit" | "the response"): Promise<void> {
  const committed = what === "the response";
  const data = { committed, response: null, status: null };
  const { count } = await store().db.idempotentRequest.updateMany({ where: { key: hashOf(key) }, data });
  expect(count).toBe(1);
}

test("if the server stopped before the commit a repeat does the work, once nobody can be at it any more", async () => {
  const [name, key] = [named(), crypto.randomUUID()];
  await post("/customers", { name }, key);
  await store().db.customer.deleteMany({ where: { name } });
  await stopBefore(key, "the commit");
  now = later(29);
  const running = await post("/customers", { name }, key);
  expect([running.status, running.body.code]).toEqual([409, "REQUEST_RUNNING"]);
  now = later(30);
  const both = await Promise.all([post("/customers", { name }, key), post("/customers", { name }, key)]);
  expect(both.map(({ status }) => status)).toContain(201);
  expect(await customers(name)).toBe(1);
});

test("if it stopped after the commit a repeat says so, and does nothing", async () => {
  const [name, key] = [named(), crypto.randomUUID()];
  await post("/customers", { name }, key);
  await stopBefore(key, "the response");
  now = later(30);
  const lost = await post("/customers", { name }, key);
  expect([lost.status, lost.body.code]).toEqual([409, "RESPONSE_LOST"]);
  expect(await customers(name)).toBe(1);
});

/** Does something around the next transaction of a request. */
function aroundTransaction(around: (begin: () => Promise<unknown>) => Promise<unknown>): void {
  const { db } = store();
  const original = db.$transaction.bind(db) as (...parts: unknown[]) => Promise<unknown>;
  const spy = vi.spyOn(db, "$transaction") as unknown as {
    mockImplementationOnce(run: typeof original): void;
  };
  spy.mockImplementationOnce((...parts) => around(() => original(...parts)));
}

test("an import that began is known as carried out, even if it goes on after the response", async () => {
  const { token } = await createToken(OWNER, { name: "t", role: "owner" }, SYSTEM, NOW);
  const key = crypto.randomUUID();
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "text/csv", "Idempotency-Key": key };
  const body = "serial,control,product\n";
  const { status } = await app.request("/api/v1/admin/legacy/imports", { method: "POST", headers, body });
  expect(status).toBeLessThan(300);
  const [claim] = await store().db.idempotentRequest.findMany({ where: { key: hashOf(key) } });
  expect(claim?.committed).toBe(true);
});

test("who lost the claim to a repeat commits nothing", async () => {
  const name = named();
  const key = crypto.randomUUID();
  aroundTransaction(async (begin) => {
    await store().db.idempotentRequest.updateMany({
      where: { key: hashOf(key) },
      data: { claim: crypto.randomUUID() },
    });
    return begin();
  });
  const lost = await post("/customers", { name }, key);
  expect([lost.status, lost.body.code]).toEqual([409, "REQUEST_RUNNING"]);
  expect(await customers(name)).toBe(0);
  if (storeKind() === "embedded") return;
  const open = await store().db.$queryRaw<unknown[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`;
  expect(open).toEqual([]);
});

test("an unknown outcome is found out by the repeat", async () => {
  const [name, key] = [named(), crypto.randomUUID()];
  aroundTransaction(async (begin) => {
    await begin();
    throw Object.assign(new Error("Connection terminated unexpectedly"), { code: "ECONNRESET" });
  });
  const first = await post("/customers", { name }, key);
  expect([first.status, first.body.code]).toEqual([503, "OUTCOME_UNKNOWN"]);
  const again = await post("/customers", { name }, key);
  expect([again.status, again.body.code]).toEqual([409, "RESPONSE_LOST"]);
  expect(await customers(name)).toBe(1);
});

test("responses go after a day, and with their license", async () => {
  const { number } = await makeLicense();
  await post(`/licenses/${number}/keys`, { label: "k" });
  const count = () => store().db.idempotentRequest.count({ where: { license: number } });
  expect(await count()).toBe(1);
  await store().db.$transaction((tx) => removeLicense(tx, number));
  expect(await count()).toBe(0);
  await purge(later(86_401));
  expect(await store().db.idempotentRequest.findMany()).toEqual([]);
});
