import { randomBytes, randomUUID } from "node:crypto";
import { cpSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { createDatabase, dropDatabase, withDatabase } from "@/scripts/databases";
import { embeddedPostgres, type OwnPostgres } from "@/scripts/postgres";
import { type RunningServer, startServer } from "./server";

export const STORES = ["pglite", "postgres"] as const;
export type StoreName = (typeof STORES)[number];

/** A server on a new store. */
export type StoredServer = {
  server: RunningServer;
  /** The settings that the server was started with, to restart it. */
  settings: Record<string, string>;
  /** The folder where the store keeps its data. */
  folder: string;
  /** Copies the store while its server is stopped. The returned function restores the copy. */
  backup(): Promise<() => Promise<void>>;
  /** Flushes everything to the disk once the server has stopped. */
  settle(): Promise<void>;
  remove(): Promise<void>;
};

export const startOn: Record<StoreName, () => Promise<StoredServer>> = {
  async pglite() {
    const folder = join(tmpdir(), `signet-e2e-${randomUUID()}`);
    const drop = () => dropFolder(folder);
    process.once("exit", drop);
    const settings = { DATA_DIR: folder };
    const server = await startServer(settings);
    return {
      server,
      settings,
      folder,
      backup: async () => copyOf(folder),
      settle: async () => {},
      remove: async () => drop(),
    };
  },
  async postgres() {
    const postgres = await embeddedPostgres();
    process.env.E2E_POSTGRES ??= postgres.url(); // the workers need it for `emptyStore`
    const settings = { DATABASE_URL: postgres.url(), SIGNET_SECRET: newSecret() };
    const server = await startServer(settings);
    return {
      server,
      settings,
      folder: postgres.folder,
      backup: () => databaseCopy(postgres),
      settle: postgres.stop,
      remove: postgres.remove,
    };
  },
};

/** Removes a folder, and the store's notes beside it. */
export function dropFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}.seen`, { force: true });
}

/** The settings of a server for one spec, and how to remove its store. */
export type EmptyStore = { settings: Record<string, string>; remove(): Promise<void> };

/** An empty store for one spec: a database beside that of the other specs, or a folder if there is no PostgreSQL. */
export async function emptyStore(): Promise<EmptyStore> {
  const server = process.env.E2E_POSTGRES;
  if (!server) {
    const folder = join(tmpdir(), `signet-e2e-${randomUUID()}`);
    return {
      settings: { DATA_DIR: folder },
      remove: async () => dropFolder(folder),
    };
  }
  const name = await createDatabase(server);
  return {
    settings: { DATABASE_URL: withDatabase(server, name), SIGNET_SECRET: newSecret() },
    remove: () => dropDatabase(server, name),
  };
}

function copyOf(folder: string): () => Promise<void> {
  const copy = `${folder}-copy`;
  process.once("exit", () => rmSync(copy, { recursive: true, force: true }));
  cpSync(folder, copy, { recursive: true });
  return async () => {
    rmSync(folder, { recursive: true });
    renameSync(copy, folder);
  };
}

async function databaseCopy(postgres: OwnPostgres): Promise<() => Promise<void>> {
  const run = async (...statements: string[]) => {
    const client = new pg.Client(postgres.url("template1"));
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  await run("CREATE DATABASE copy TEMPLATE postgres");
  return () => run("DROP DATABASE postgres", "ALTER DATABASE copy RENAME TO postgres");
}

export function newSecret(): string {
  return randomBytes(32).toString("base64");
}
