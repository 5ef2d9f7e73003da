import pg from "pg";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { clientAs } from "@/api/admin/test-client";
import { agent, licensedDeployment } from "@/api/product/test-deployment";
import type { ApiResponse } from "@/api/test-responses";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { storeKind, storeSettings, useStore } from "@/server/testing/test-store";
import { isLate, offTheClock } from "./deadline";
import { parseEnv } from "./env";
import { delayArrival, withEffects } from "./statement-result";
import { closeStore, openStore, store } from "./store";

useStore();

test("a request has 15 seconds from its arrival, not counting its body; other work has no limit", async () => {
  let now = 100_000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const arrivedBefore = <T>(ms: number, look: () => T) => withEffects(look, now - ms);
  expect(arrivedBefore(9_000, () => isLate(5000))).toBe(false);
  expect(arrivedBefore(11_000, () => isLate(5000))).toBe(true);
  expect(arrivedBefore(11_000, () => withEffects(() => isLate(5000)))).toBe(true);
  expect(isLate(5000)).toBe(false);
  const late = await arrivedBefore(9_990, async () => {
    await offTheClock(async () => {
      now += 50;
    });
    return [isLate(5000), isLate(5020)];
  });
  vi.mocked(performance.now).mockRestore();
  expect(late).toEqual([false, true]);
});

/**
 * A statement begins within 1.5 seconds of the arrival, so that it ends in time, and a new connection within half a
 * second.
 */
const PATIENCE = { connectMs: 1000, statementMs: 3000, requestMs: 4500 };
/** Longer than that, and shorter than the wait for locks. */
const LONG_MS = 1700;
const MONTH = NOW.toISOString().slice(0, 7);
const away = expect.objectContaining({
  status: 503,
  body: expect.objectContaining({ code: "STORE_UNAVAILABLE" }),
});

describe.runIf(storeKind() === "postgresql")("a request that waited several times", () => {
  beforeEach(() => reopen(PATIENCE));
  afterEach(() => reopen());

  test("begins no statement that could end too late: nothing after a slow gate runs", async () => {
    const owner = await clientAs({ role: "owner" });
    const refused = await whileHeld("LOCK TABLE api_token IN ACCESS EXCLUSIVE MODE", () =>
      owner("POST", "/customers", { name: "Late" }),
    );
    expect(refused).toEqual([away]);
    expect((await inTime(() => owner("POST", "/customers", { name: "Late" }))).status).toBe(201);
  });

  test("runs no rest of a transaction, which is rolled back, and its connection is returned", async () => {
    const owner = await clientAs({ role: "owner" });
    const { sync } = await site();
    await inTime(() => sync("acme\\ann"));
    const names = Array.from({ length: 9 }, (_, nth) => `Later ${nth}`);
    const refused = await whileHeld(
      "SELECT FROM installation, roster FOR UPDATE OF installation, roster",
      ...names.map((name) => () => owner("POST", "/customers", { name })),
      () => sync("acme\\bob"),
    );
    expect(refused).toEqual(refused.map(() => away));
    for (const name of names)
      expect((await inTime(() => owner("POST", "/customers", { name }))).status).toBe(201);
    expect((await inTime(() => sync("acme\\bob"))).body.bases[0]).toMatchObject({ version: 2 });
  });

  test("books no report behind slow ones, and later requests aren't late because of them", async () => {
    const { report } = await site();
    await inTime(() => report(1));
    const [, behind] = await whileHeld(
      "SELECT FROM usage_month FOR UPDATE",
      () => report(2),
      () => report(3),
    );
    expect(behind).toEqual(away);
    await inTime(() => report(2));
    const { body } = await inTime(() => report(3));
    expect(body.consumption[0]).toMatchObject({ total: 15, duplicate: false });
  });
});

describe.runIf(storeKind() === "embedded")("a request that waits for its turn on the embedded store", () => {
  beforeAll(() => reopen(PATIENCE));

  test("ends in time while another change holds the store, never runs, and says that nothing changed", async () => {
    const owner = await clientAs({ role: "owner" });
    const { report, sync } = await site();
    await inTime(() => sync("acme\\ann"));
    const name = "Behind a long import";
    const refused = await whileStoreHeld([
      () => owner("POST", "/customers", { name }),
      () => owner("GET", "/customers"),
      () => report(1),
      () => report(2),
      () => sync("acme\\bob"),
    ]);
    expect(refused).toEqual(refused.map(() => away));
    for (const { headers } of refused) expect(Number(headers.get("Retry-After"))).toBeGreaterThan(0);
    expect((await inTime(() => owner("POST", "/customers", { name }))).status).toBe(201);
    expect((await inTime(() => sync("acme\\bob"))).body.bases[0]).toMatchObject({ version: 2 });
    const { body } = await inTime(() => report(2));
    expect(body.consumption[0]).toMatchObject({ total: 5, duplicate: false });
  });

  test("the clock counts, not a timer that fires late because a statement held the process", async () => {
    const long = store().sql.query(SLEEP, [LONG_MS / 1000]);
    const behind = withEffects(() => store().sql.query(ONE, []), performance.now());
    await expect(behind).rejects.toThrow("waited too long");
    await long;
    expect(await store().sql.query(ONE, [])).toEqual([{ one: 1 }]);
  });

  test.each([
    ["hot", hotRename],
    ["Prisma", rename],
  ])(
    "a %s transaction that runs out of time is rolled back, even before its commit",
    async (kind, renaming) => {
      const owner = await clientAs({ role: "owner" });
      const { body } = await owner("POST", "/customers", { name: `Old ${kind}` });
      const late = () => delayArrival(-PATIENCE.requestMs);
      const renamed = (...delays: (() => void)[]) =>
        withEffects(() => renaming(body.id, kind, delays), performance.now());
      await expect(renamed(late)).rejects.toThrow("waited too long");
      await expect(renamed(() => {}, late)).rejects.toThrow("waited too long");
      expect((await owner("GET", `/customers/${body.id}`)).body.name).toBe(`Old ${kind}`);
      await renamed();
      expect((await owner("GET", `/customers/${body.id}`)).body.name).toBe(`New ${kind}`);
    },
  );
});

const SLEEP = { name: "sleep", text: "SELECT pg_sleep($1)::text" };
const ONE = { name: "one", text: "SELECT 1 AS one" };
const RENAME = { name: "rename", text: "UPDATE customer SET name = $2 WHERE id = $1::uuid" };

/** Renames twice in one transaction; something else happens between its statements, and before its commit. */
async function hotRename(id: string, kind: string, [first, second]: (() => void)[]): Promise<void> {
  await store().sql.transaction(async (tx) => {
    await tx.query(RENAME, [id, `Newer ${kind}`]);
    first?.();
    await tx.query(RENAME, [id, `New ${kind}`]);
    second?.();
  });
}

async function rename(id: string, kind: string, [first, second]: (() => void)[]): Promise<void> {
  await store().db.$transaction(async ({ customer }) => {
    await customer.update({ where: { id }, data: { name: `Newer ${kind}` } });
    first?.();
    await customer.update({ where: { id }, data: { name: `New ${kind}` } });
    second?.();
  });
}

/** Makes requests while a transaction holds the embedded store, and releases it once all are answered. */
async function whileStoreHeld<T>(requests: (() => Promise<T>)[]): Promise<T[]> {
  const answers: T[] = [];
  await store().sql.transaction(async () => {
    answers.push(...(await Promise.all(requests.map((request) => request()))));
  });
  return answers;
}

async function site() {
  const allotments = [minutes("analyzer_time", 1000), seats("analyzer", 10)];
  const { number, call } = await licensedDeployment({ allotments });
  const consumption = { id: 1, allotment: "analyzer_time", month: MONTH, consumption: 5 };
  const created = NOW.toISOString();
  const patch = { instance: "", version: 0, license: number, allotment: "analyzer", created };
  const post = (path: string, body: object) => call("POST", path, { source: "s", ...body }, agent("QSEfW"));
  return {
    report: (sequence: number) => post("/v1/consumption", { consumption: [{ ...consumption, sequence }] }),
    sync: (subject: string) => {
      const bases = [{ license: number, version: 0 }];
      return post("/v1/assignments/sync", { bases, patches: [{ ...patch, subject }] });
    },
  };
}

/** Makes requests while another session holds the lock that they need, which releases it once they have waited long. */
async function whileHeld<T>(statement: string, ...requests: (() => Promise<T>)[]): Promise<T[]> {
  const holder = new pg.Client({ connectionString: storeSettings().DATABASE_URL });
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query(statement);
  const answers = Promise.all(requests.map((request) => request()));
  await holder.query("SELECT pg_sleep($1 / 1000.0)", [LONG_MS]);
  await holder.end();
  return answers;
}

/** Repeats a request if this machine was too busy: the refused one changed nothing. */
async function inTime(request: () => Promise<ApiResponse>): Promise<ApiResponse> {
  let answer = await request();
  for (let tries = 0; answer.status === 503 && tries < 5; tries++) answer = await request();
  return answer;
}

async function reopen(patience?: typeof PATIENCE): Promise<void> {
  await closeStore();
  await openStore(parseEnv(storeSettings()), patience);
}
