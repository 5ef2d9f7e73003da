import { execFileSync } from "node:child_process";
import { existsSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { QueryResultRow } from "pg";
import { queryOn } from "@/scripts/databases";
import { freePort } from "@/scripts/free-port";
import { accountToRunAs, makeHome } from "@/scripts/postgres";
import { findTool } from "./tools";

/** A PostgreSQL from Debian's package, which has more programs than the one from the npm registry. */
export type Cluster = {
  port: number;
  /** The folder with the programs of the package. */
  bin: string;
  url(database?: string): string;
  start(): void;
  /** `immediate` stops it like a power cut. */
  stop(how: "fast" | "immediate"): void;
  /** Runs a program of the package in the cluster's account and returns its output. */
  run(program: string, args: string[]): string;
  query<Row extends QueryResultRow>(text: string, database?: string): Promise<Row[]>;
  remove(): void;
};

const PASSWORD = "signet";

export async function newCluster(): Promise<Cluster> {
  return clusterIn(await freePort(), ({ run, folder, passwordFile }) => {
    const options = `--username=postgres --auth=scram-sha-256 --pwfile=${passwordFile} --encoding=UTF8 --locale=C --no-sync`;
    run("pg_ctl", ["initdb", "-s", "-D", folder, "-o", options]);
  });
}

/** An asynchronous standby: commits that it hasn't received are lost when it is promoted. */
export async function standbyOf(primary: Cluster): Promise<Cluster> {
  return clusterIn(await freePort(), ({ run, folder }) => {
    const source = `host=127.0.0.1 port=${primary.port} user=postgres password=${PASSWORD}`;
    run("pg_basebackup", ["-d", source, "-D", folder, "-X", "stream", "-c", "fast", "--no-sync", "-R"]);
  });
}

type Made = { run: Cluster["run"]; folder: string; passwordFile: string };

function clusterIn(port: number, make: (made: Made) => void): Cluster {
  const account = accountToRunAs();
  const home = makeHome(account);
  const folder = join(home, "data");
  const bin = dirname(realpathSync(findTool("pg_ctl") ?? "")); // Debian may link single programs elsewhere.
  const passwordFile = join(home, "password");
  writeFileSync(passwordFile, PASSWORD, { mode: 0o644 });
  const env = {
    NODE_ENV: "test",
    PATH: `${bin}:${process.env.PATH}`,
    LC_ALL: "C",
    PGPASSWORD: PASSWORD,
  } as const;
  const run = (program: string, args: string[]) =>
    execFileSync(join(bin, program), args, { ...account, cwd: home, env, encoding: "utf8" });
  make({ run, folder, passwordFile });
  const settings = `-c port=${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=200`;
  const url = (database = "postgres") => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  const stop = (how: "fast" | "immediate") =>
    void run("pg_ctl", ["stop", "-s", "-w", "-D", folder, "-m", how]);
  const start = () =>
    void run("pg_ctl", ["start", "-s", "-w", "-D", folder, "-l", join(home, "log"), "-o", settings]);
  start();
  const remove = () => {
    const isRunning = existsSync(join(folder, "postmaster.pid"));
    if (isRunning) stop("immediate");
    rmSync(home, { recursive: true, force: true });
  };
  return {
    port,
    bin,
    url,
    start,
    stop,
    run,
    query: (text, database) => queryOn(url(database), text),
    remove,
  };
}
