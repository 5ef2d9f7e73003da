import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { holdFolder } from "@/machine/held-folder";
import { PrismaClient } from "@/prisma/client/client";
import type { Env } from "./env";
import { migratePglite, migratePostgres } from "./migrations";
import { forgetProcessState } from "./per-process";
import { readSecrets } from "./secret";
import { HOT_SETTINGS, hotPool, type Sql, sqlOnPglite, sqlOnPool } from "./sql";

/** The license store of a process: Prisma for all that is not hot, prepared statements for what is. */
export type Store = {
  kind: "embedded" | "postgresql";
  place: string;
  db: PrismaClient;
  sql: Sql;
  /** How the job library reaches the same database. */
  jobs: JobsConnection;
  /** The secret in use, then the previous one while it is rotated. */
  secrets: Buffer[];
  close(): Promise<void>;
};

type JobsConnection =
  | { connectionString: string }
  | { db: { executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> } };

/** The part of Prisma that works inside a transaction. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

declare global {
  var signetStore: Store | undefined;
}

/** Opens and migrates the store of this process; instrumentation and routes are separate bundles and share it. */
export async function openStore(env: Env): Promise<Store> {
  if (globalThis.signetStore) throw new Error("The store is open already.");
  globalThis.signetStore = env.DATABASE_URL
    ? await openPostgres(env, env.DATABASE_URL)
    : await openEmbedded(env);
  return globalThis.signetStore;
}

export function store(): Store {
  if (process.env.NEXT_PHASE === "phase-production-build")
    throw new Error("A build does not open the store.");
  if (!globalThis.signetStore) throw new Error("The store is not open.");
  return globalThis.signetStore;
}

/** Whether the store is open, migrated and answers. */
export async function isStoreReady(): Promise<boolean> {
  const open = globalThis.signetStore;
  if (!open) return false;
  return open.sql.query({ name: "ping", text: "SELECT 1" }, []).then(
    () => true,
    () => false,
  );
}

export async function closeStore(): Promise<void> {
  const open = globalThis.signetStore;
  globalThis.signetStore = undefined;
  forgetProcessState();
  await open?.close();
}

async function openPostgres(env: Env, connectionString: string): Promise<Store> {
  await migratePostgres(connectionString);
  const pool = hotPool(connectionString);
  pool.on("error", () => {});
  const options = "-c timezone=UTC -c lock_timeout=5s -c statement_timeout=60s";
  const adapter = new PrismaPg({ connectionString, options, max: 8, connectionTimeoutMillis: 5000 });
  const db = new PrismaClient({ adapter });
  return {
    kind: "postgresql",
    place: placeOf(connectionString),
    db,
    sql: sqlOnPool(pool),
    jobs: { connectionString },
    secrets: readSecrets(env),
    close: async () => {
      await Promise.allSettled([db.$disconnect(), pool.end()]);
    },
  };
}

const HOLDER = { program: "Signet", socket: "lock.sock", setting: "DATA_DIR" };

/** `memory://` is a store for tests: nothing is held and nothing is left. */
async function openEmbedded(env: Env): Promise<Store> {
  const inMemory = env.DATA_DIR === "memory://";
  const release = inMemory ? async () => {} : await holdFolder(env.DATA_DIR, HOLDER);
  try {
    const secrets = readSecrets(
      inMemory ? { ...env, SIGNET_SECRET: env.SIGNET_SECRET ?? randomSecret() } : env,
    );
    const lite = await PGlite.create(inMemory ? env.DATA_DIR : `${env.DATA_DIR}/pg`);
    for (const [name, value] of Object.entries(HOT_SETTINGS)) await lite.exec(`SET ${name} = '${value}'`);
    await migratePglite(lite);
    const db = new PrismaClient({ adapter: new PrismaPGlite(lite) });
    const close = async () => {
      await db.$disconnect();
      await lite.close();
      await release();
    };
    const jobs = { db: { executeSql: executeOn(lite) } };
    return { kind: "embedded", place: env.DATA_DIR, db, sql: sqlOnPglite(lite), jobs, secrets, close };
  } catch (error) {
    await release();
    throw error;
  }
}

/** The job library sends single statements with values and whole scripts without; a failed script is rolled back. */
function executeOn(lite: PGlite) {
  return async (text: string, values?: unknown[]) => {
    if (values?.length) return lite.query(text, values);
    try {
      const results = await lite.exec(text);
      return (results.length === 1 ? results[0] : results) as { rows: unknown[] };
    } catch (error) {
      await lite.exec("ROLLBACK");
      throw error;
    }
  };
}

function randomSecret(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64");
}

/** A connection string as one may show it: without user and password. */
function placeOf(connectionString: string): string {
  const { host, pathname } = new URL(connectionString);
  return `postgres://${host}${pathname}`;
}

/** The database that does not answer, as opposed to one that says no. */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "StoreWentBack") return true; // By its name: instrumentation is a bundle of its own.
  if (error instanceof pg.DatabaseError) return /^(08|57P|53|55000|55P03|40)/.test(error.code ?? "");
  const code = "code" in error ? String(error.code) : "";
  if (/^(ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|P1001|P1002|P1008|P1017|P2024|P2028|P2034)/.test(code))
    return true;
  if (
    /Connection terminated|timeout exceeded when trying to connect|Can't reach database/.test(error.message)
  )
    return true;
  return isStoreAway(error.cause);
}
