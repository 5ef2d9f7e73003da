import { execFileSync } from "node:child_process";
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { isReady } from "@/e2e/server";
import { accountToRunAs, type OwnPostgres } from "@/scripts/postgres";
import { deploymentOn, manage, type Reply } from "./deployment";
import type { Scenario, Stage } from "./scenario";
import { onPostgres, ownPostgres, serve } from "./serve";
import { goesOn, type Served } from "./served";
import { type SmallDisk, smallDisk } from "./small-disk";
import { until } from "./until";

const SIZE = "64m";
const SETTINGS = { min_wal_size: "32MB", max_wal_size: "48MB" };
const MEGABYTE = "SELECT pg_logical_emit_message(true, 'filler', repeat('x', 1000000))";

/** The disk of PostgreSQL's write-ahead log is full: it panics, and can't start again until there is room. */
export const logDiskFull: Scenario = {
  name: "log disk full, PostgreSQL",
  needs: [],
  needsRoot: true,
  async run(stage) {
    const { check } = stage;
    const disk = smallDisk(stage, SIZE, accountToRunAs());
    const postgres = await ownPostgres(stage, SETTINGS, true);
    await moveLog(postgres, disk);
    await onPostgres(postgres, "CREATE DATABASE signet");
    const server = await serve(stage, postgres.url("signet"));
    const one: Served = { postgres, server, site: await deploymentOn(server) };
    const first = await one.site.report(server.door, 1);
    check("a report is counted before", first.status === 200, first);

    disk.fill();
    const made = changes(one);
    await fillLog(postgres);
    await made.untilRefused();
    check("/ready fails", await until(async () => !(await isReady(server.door)), 5000));
    const report = await one.site.report(server.door, 2);
    check("a report is 503 STORE_UNAVAILABLE", report.code === "STORE_UNAVAILABLE", report);
    check("with Retry-After", report.retryAfter > 0, report);
    const told = await made.end();
    checkRefused(stage, told);

    disk.empty();
    await postgres.stop(); // It may be alive, and without a database process.
    await postgres.start(); // As a service manager does.
    await goesOn(stage, one, 2);
    await checkKept(stage, one, told);
  },
};

async function moveLog(postgres: OwnPostgres, disk: SmallDisk): Promise<void> {
  const log = join(postgres.folder, "pg_wal");
  await postgres.stop();
  execFileSync("cp", ["-a", log, disk.folder]);
  rmSync(log, { recursive: true });
  symlinkSync(join(disk.folder, "pg_wal"), log);
  await postgres.start();
}

/** Writes until the database fails. */
async function fillLog(postgres: OwnPostgres): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url() });
  client.on("error", () => {});
  await client.connect();
  for (let isUp = true; isUp; )
    isUp = await client.query(MEGABYTE).then(
      () => true,
      () => false,
    );
  await client.end().catch(() => {});
}

type Change = Reply & { name: string };

/** Two clients that create customers, one after the other, until they are stopped. */
function changes({ server }: Served) {
  const told: Change[] = [];
  let isOver = false;
  const create = async (who: string) => {
    for (let nth = 0; !isOver; nth += 1) {
      const name = `Customer ${who}${nth}`;
      told.push({ ...(await manage(server, "POST", "/customers", { name })), name });
    }
  };
  const both = Promise.all([create("a"), create("b")]);
  return {
    untilRefused: () => until(async () => told.some(({ status }) => status !== 201)),
    end: async () => {
      isOver = true;
      await both;
      return told;
    },
  };
}

function checkRefused({ check }: Stage, told: Change[]): void {
  const refused = told.filter(({ status }) => status !== 201);
  const odd = refused.filter(
    ({ status, code = "", retryAfter }) =>
      status !== 503 || !["STORE_UNAVAILABLE", "OUTCOME_UNKNOWN"].includes(code) || !(retryAfter > 0),
  );
  check("changes are refused", refused.length > 0, told.length);
  check("each with 503, a code and Retry-After", odd.length === 0, odd);
  const slow = told.filter(({ ms }) => ms > 15_000);
  check("each within 15 seconds", slow.length === 0, slow);
}

/** Acknowledged changes are there, and changes that were refused with no effect aren't. */
async function checkKept({ check }: Stage, { server }: Served, told: Change[]): Promise<void> {
  const names = await namesOn(server);
  const lost = told.filter(({ status, name }) => status === 201 && !names.has(name));
  check("no acknowledged change is lost", lost.length === 0, lost);
  const undead = told.filter(({ code, name }) => code === "STORE_UNAVAILABLE" && names.has(name));
  check("no refused change took effect", undead.length === 0, undead);
}

type Page = { items: { name: string }[]; cursor: string | null };

async function namesOn(server: Served["server"]): Promise<Set<string>> {
  const names = new Set<string>();
  for (let cursor: string | null = ""; cursor !== null; ) {
    const from = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await manage(server, "GET", `/customers?limit=200${from}`);
    const page = body as Page; // The management API's list of customers.
    for (const { name } of page.items) names.add(name);
    cursor = page.cursor;
  }
  return names;
}
