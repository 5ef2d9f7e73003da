import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clientAs } from "@/api/admin/test-client";
import { createApi } from "@/api/app";
import { agent, licensedDeployment } from "@/api/product/test-deployment";
import { NetworkLink } from "@/e2e/network-link";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { storeKind, storeSettings, useStore } from "@/server/testing/test-store";
import { parseEnv } from "./env";
import { closeStore, openStore, store } from "./store";
import { isStoreAway, isUnanswered } from "./store-away";

const PATIENCE = { connectMs: 1500, statementMs: 1500 };
const onPostgres = storeKind() === "postgresql";
const allotments = [minutes("analyzer_time", 1000), seats("analyzer", 10)];
const app = createApi({ clock: () => NOW });
const isReady = async () => (await app.request("/ready")).status === 200;

useStore();

const away = expect.objectContaining({
  status: 503,
  body: expect.objectContaining({ code: "STORE_UNAVAILABLE" }),
});
const unknown = expect.objectContaining({
  status: 503,
  body: expect.objectContaining({ code: "OUTCOME_UNKNOWN" }),
});

/** A deployment of a license of its own. */
async function site() {
  const { number, call } = await licensedDeployment({ allotments });
  const month = NOW.toISOString().slice(0, 7);
  const element = { id: 1, allotment: "analyzer_time", month, consumption: 5 };
  const add = {
    instance: "",
    version: 0,
    license: number,
    allotment: "analyzer",
    created: NOW.toISOString(),
  };
  return {
    number,
    call,
    report: (sequence?: number) =>
      call(
        "POST",
        "/v1/consumption",
        { source: "s", consumption: [{ ...element, sequence }] },
        agent("QSEfW"),
      ),
    sync: (subject: string) => {
      const bases = [{ license: number, version: 0 }];
      return call(
        "POST",
        "/v1/assignments/sync",
        { source: "s", bases, patches: [{ ...add, subject }] },
        agent("QSEfW"),
      );
    },
  };
}

describe("database errors of a store that can't serve are 503 and change nothing, through either client", () => {
  test.each([
    "08006",
    "25006",
    "53200",
    "53300",
    "55P03",
    "57P01",
    "57P02",
    "57P03",
    "57014",
    "40001",
    "53100",
  ])("SQLSTATE %s", async (state) => {
    const { report } = await site();
    const owner = await clientAs({ role: "owner" });
    await failing(state);
    const refused = [await report(), await owner("POST", "/customers", { name: `Fails ${state}` })];
    const isFull = !(await isReady());
    await healed();
    expect(refused).toEqual(state === "08006" ? [unknown, unknown] : [away, away]);
    for (const { headers } of refused) expect(Number(headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(isFull).toBe(state === "53100");
    expect((await report()).body.consumption[0].total).toBe(5);
    expect((await owner("POST", "/customers", { name: `Fails ${state}` })).status).toBe(201);
  });
});

test("a database that crashed during a statement gave no response to it, in whatever form it reports that", () => {
  const told = { code: "53100", severity: "PANIC" };
  const ways = (severity: string) => [
    Object.assign(new Error("no room"), told, { severity }),
    new Error("no room", { cause: { originalCode: "53100", severity } }),
    Object.assign(new Error("no room"), {
      meta: { driverAdapterError: new Error("no room", { cause: { originalCode: "53100", severity } }) },
    }),
  ];
  expect(ways("PANIC").map(isUnanswered)).toEqual([true, true, true]);
  expect(ways("ERROR").map(isUnanswered)).toEqual([false, false, false]);
  expect(isStoreAway(Object.assign(new Error("fsync"), { code: "58030", severity: "PANIC" }))).toBe(true);
});

test("a sync whose seats are saved and whose reply fails is OUTCOME_UNKNOWN; sent again it finds them", async () => {
  const { number, sync } = await site();
  const owner = await clientAs({ role: "owner" });
  await failing("53300", ["deployment"]);
  const lost = await sync("acme\\bob");
  await healed(["deployment"]);
  expect(lost).toEqual(unknown);
  expect((await sync("acme\\bob")).body.patches).toMatchObject([{ rejection: "", version: 1 }]);
  expect((await owner("GET", `/licenses/${number}/assignments`)).body.items).toHaveLength(1);
});

describe.runIf(onPostgres)("a PostgreSQL that stops responding", () => {
  let link: NetworkLink;

  beforeEach(async () => {
    const url = new URL(storeSettings().DATABASE_URL ?? "");
    link = await NetworkLink.to(`http://${url.host}`);
    url.host = new URL(link.url).host;
    await reopen({ ...storeSettings(), DATABASE_URL: url.href }, PATIENCE);
  });
  afterEach(async () => {
    link.close();
    await reopen(storeSettings());
  });

  test("a report without a response is OUTCOME_UNKNOWN and not run again; those behind it are booked on a new connection", async () => {
    const { report } = await site();
    await report(1);
    link.silence({ responsesOnly: true });
    const reports = [report(2), report(3), report(), report()];
    const [lost, ...booked] = await Promise.all(reports);
    expect(lost).toEqual(unknown);
    expect(booked.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await report(2)).body.consumption[0]).toMatchObject({ total: 25, duplicate: true });
  });

  test("the same applies to assignments and management changes, and a repeated request gets the same seat", async () => {
    const { number, sync } = await site();
    const owner = await clientAs({ role: "owner" });
    const first = await sync("acme\\bob");
    link.silence({ responsesOnly: true });
    expect(await sync("acme\\eve")).toEqual(unknown);
    expect((await sync("acme\\eve")).body.patches[0]).toMatchObject({ rejection: "" });
    expect(first.status).toBe(200);
    const { body } = await owner("GET", `/licenses/${number}/assignments`);
    expect(body.items).toHaveLength(2);

    const name = "Perhaps Ltd";
    link.silenceAfter("COMMIT");
    expect(await owner("POST", "/customers", { name })).toEqual(unknown);
    expect(await owner("POST", "/customers", { name })).toMatchObject({
      status: 409,
      body: { code: "NAME_TAKEN" },
    });
  });

  test("reads are STORE_UNAVAILABLE, and without a connection so is everything; /ready fails in time", async () => {
    const { report, call } = await site();
    const owner = await clientAs({ role: "owner" });
    expect(await isReady()).toBe(true);
    link.silence({ newToo: true });
    expect(await owner("GET", "/licenses")).toEqual(away);
    expect(await call("GET", "/v1/definition?source=s", undefined, agent("QSEfW"))).toEqual(away);
    expect(await Promise.all([report(), owner("POST", "/customers", { name: "No" })])).toEqual([away, away]);
    const begun = performance.now();
    expect(await isReady()).toBe(false);
    expect(performance.now() - begun).toBeLessThan(2500);
    link.resume();
    await expect.poll(isReady, { timeout: 10_000 }).toBe(true);
    expect((await report()).body.consumption[0].total).toBe(5);
  });

  test("a lock that others keep is 503 at once through either client, and nothing changed", async () => {
    const { number, sync, call } = await site();
    const owner = await clientAs({ role: "owner" });
    const holder = new pg.Client({ connectionString: storeSettings().DATABASE_URL });
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT FROM roster WHERE license = $1 FOR UPDATE", [number]);
    const key = owner("POST", `/licenses/${number}/keys`, { label: "late" });
    expect(await Promise.all([key, sync("acme\\bob")])).toEqual([away, away]);
    await holder.end();
    expect((await call("GET", "/v1/definition?source=s", undefined, agent("QSEfW"))).status).toBe(200);
    expect((await owner("GET", `/licenses/${number}/keys`)).body.items).toHaveLength(1);
  });

  test("a database that accepts no writes is no longer ready, and says that nothing changed", async () => {
    const { report } = await site();
    const owner = await clientAs({ role: "owner" });
    await readOnly(true);
    expect(await isReady()).toBe(false);
    expect(await Promise.all([report(), owner("POST", "/customers", { name: "Written" })])).toEqual([
      away,
      away,
    ]);
    await readOnly(false);
    await expect.poll(isReady, { timeout: 10_000 }).toBe(true);
    expect((await owner("POST", "/customers", { name: "Written" })).status).toBe(201);
  });
});

async function reopen(settings: Record<string, string>, patience?: typeof PATIENCE): Promise<void> {
  await closeStore();
  await openStore(parseEnv(settings), patience);
}

/** Sets the database to read only, or back, for all new connections; nobody is connected then. */
async function readOnly(isOn: boolean): Promise<void> {
  const client = new pg.Client({
    connectionString: storeSettings().DATABASE_URL,
    options: "-c default_transaction_read_only=off",
  });
  await client.connect();
  const { rows } = await client.query("SELECT current_database() AS name");
  await client.query(
    `ALTER DATABASE ${rows[0].name} SET default_transaction_read_only = ${isOn ? "on" : "off"}`,
  );
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await client.end();
}

const FAILING = ["customer", "usage"];

async function failing(state: string, tables = FAILING): Promise<void> {
  await run(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'made to fail' USING ERRCODE = '${state}'; END $$`);
  for (const table of tables)
    await run(`CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION fail()`);
}

async function healed(tables = FAILING): Promise<void> {
  for (const table of tables) await run(`DROP TRIGGER fail ON ${table}`);
  await run("DROP FUNCTION fail()");
}

function run(text: string) {
  return store().db.$executeRawUnsafe(text);
}
