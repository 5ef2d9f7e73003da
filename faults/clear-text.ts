import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createOwner, OWNER } from "@/e2e/owner";
import { report } from "@/e2e/product";
import { type RunningServer, startServer } from "@/e2e/server";
import { type Cluster, newCluster } from "./cluster";
import { type Deployment, deploymentOn, manage } from "./deployment";
import type { Scenario, Stage } from "./scenario";
import { toolPath } from "./tools";

const SUBJECT = `clear-text-${randomBytes(6).toString("hex")}`;
/** What the store has in clear on purpose: it shows that a file was read as it should be. */
const CUSTOMER = "Faults";
/** The processes of a database without connections. */
const BACKGROUND = 6;
const LITTLE_MEMORY = ["shared_buffers = '16MB'", "autovacuum = off"];

/** Whoever has a dump, a backup or the database's memory, but not SIGNET_SECRET, knows no user and no secret. */
export const clearText: Scenario = {
  name: "nothing in clear in dumps, backups and core files",
  needs: ["pg_ctl", "pg_basebackup", "gcore"],
  needsRoot: true,
  async run(stage) {
    const { cluster, settings, folder } = await place(stage);
    const server = await startServer(settings);
    stage.atEnd(() => server.kill());
    const secrets = await secretsOn(server, settings.SIGNET_SECRET);
    const wanted = (file: string) => scan(stage, file, secrets);
    const cores = await dumpCores(cluster, folder, wanted);
    stage.check("core files of connections were read too", cores > BACKGROUND, cores);
    const dump = join(folder, "dump.sql");
    cluster.run("pg_dump", ["-d", settings.DATABASE_URL, "-f", dump]);
    wanted(dump);
    backUp(settings, join(folder, "signet.backup"));
    scan(stage, join(folder, "signet.backup"), [...secrets, ["the customer's name", CUSTOMER]], null);
  },
};

type Secret = [what: string, value: string | Buffer];
type Settings = { DATABASE_URL: string; SIGNET_SECRET: string; BACKUP_RECIPIENT: string; LOG_LEVEL: string };

async function place({ atEnd }: Stage) {
  const cluster = await newCluster();
  atEnd(() => cluster.remove());
  for (const setting of LITTLE_MEMORY) await cluster.query(`ALTER SYSTEM SET ${setting}`);
  cluster.stop("fast");
  cluster.start();
  await cluster.query("CREATE DATABASE signet");
  const folder = mkdtempSync(join(tmpdir(), "signet-clear-"));
  execFileSync("chmod", ["777", folder]); // The cluster's account writes the dump.
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const settings: Settings = {
    DATABASE_URL: cluster.url("signet"),
    SIGNET_SECRET: randomBytes(32).toString("base64"),
    BACKUP_RECIPIENT: newRecipient(),
    LOG_LEVEL: "warn",
  };
  return { cluster, settings, folder };
}

/** Makes rows of all that is secret, and returns it. */
async function secretsOn(server: RunningServer, secret: string): Promise<Secret[]> {
  await createOwner(server);
  const site = await deploymentOn(server);
  await giveSeats(server, site);
  const hook = { name: "Billing", url: "https://hooks.signet.example/", subjects: true };
  const { secret: signing } = await made<{ secret: string }>(server, "POST", "/webhooks", hook);
  const wanted = { name: "Sync", role: "auditor" };
  const { token } = await made<{ token: string }>(server, "POST", "/tokens", wanted);
  return [
    ["a user", SUBJECT],
    ["a license key", site.key],
    ["an API token", token],
    ["the first token", server.token],
    ["the secret of a webhook", signing.replace("whsec_", "")],
    ["a password", OWNER.password],
    ["SIGNET_SECRET", secret],
    ["SIGNET_SECRET in bytes", Buffer.from(secret, "base64")],
  ];
}

/** Seats that are given, released and found, and sessions with names. */
async function giveSeats(server: RunningServer, site: Deployment): Promise<void> {
  const path = `/licenses/${site.number}`;
  await made(server, "PATCH", path, { settings: { sessionNames: true } });
  for (const user of ["ann", "bob"]) await site.add(server.door, `${SUBJECT}\\${user}`);
  const start = new Date().toISOString();
  const session = { id: "s", subject: `${SUBJECT}\\ann`, app: "Sales", start, end: start, minutes: 5 };
  const element = {
    id: 1,
    allotment: "analyzer_time",
    month: start.slice(0, 7),
    consumption: 5,
    sequence: 1,
  };
  await report(
    { door: server.door, key: site.key },
    { source: "a", consumption: [{ ...element, sessions: [session] }] },
  );
  await made(server, "GET", `${path}/assignments?query=${SUBJECT}`);
}

async function made<Body>(server: RunningServer, method: string, path: string, body?: object): Promise<Body> {
  const reply = await manage(server, method, path, body);
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(reply.body)}`);
  return reply.body as Body;
}

/** A core file of each process of the database, one at a time. Returns how many there were. */
async function dumpCores(cluster: Cluster, folder: string, scanned: (file: string) => void): Promise<number> {
  const processes = await cluster.query<{ pid: string }>(
    `SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid
     UNION ALL SELECT pid::text FROM pg_stat_activity WHERE pid <> pg_backend_pid()`,
  );
  let cores = 0;
  for (const { pid } of processes) {
    spawnSync(toolPath("gcore"), ["-o", join(folder, "core"), pid], { stdio: "ignore" });
    const core = join(folder, `core.${pid}`);
    if (!existsSync(core)) continue; // A connection that has ended meanwhile.
    cores += 1;
    scanned(core);
    rmSync(core);
  }
  return cores;
}

function newRecipient(): string {
  const said = execFileSync(process.execPath, ["bin/signet.mjs", "backup-key"], { encoding: "utf8" });
  const recipient = /age1\w+/.exec(said)?.[0];
  if (!recipient) throw new Error(`No key for backups was printed:\n${said}`);
  return recipient;
}

function backUp(settings: Settings, file: string): void {
  execFileSync(process.execPath, ["bin/signet.mjs", "backup", "--no-verify", file], {
    env: { ...process.env, ...settings },
  });
}

/** Checks that a file holds no secret, and that it holds what it must, if anything. */
function scan(
  { check }: Stage,
  file: string,
  secrets: readonly Secret[],
  mustHold: string | null = CUSTOMER,
): void {
  const bytes = readFileSync(file);
  const name = file.replace(/.*\//, "").replace(/\d+$/, "");
  const held = secrets.filter(([, value]) => bytes.includes(value)).map(([what]) => what);
  check(`${name} holds nothing in clear`, held.length === 0, held);
  if (mustHold !== null) check(`${name} was read`, bytes.includes(mustHold), bytes.length);
}
