import type { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient } from "@/prisma/client/client";
import { holdDataFolder } from "./data-folder";
import { parseDatabaseUrl } from "./database-url";
import type { Env } from "./env";
import { aloneOn, migratePglite, migratePostgres } from "./migrations";
import { type OneTransaction, transactionsOn } from "./one-transaction";
import { namingDamage, openPglite } from "./open-pglite";
import { openReplica } from "./open-replica";
import { forgetProcessState } from "./per-process";
import { pgliteAdapter } from "./pglite-adapter";
import { boundTurns, inTimeOf } from "./pglite-turns";
import { proveSessions } from "./pooled-sessions";
import type { Patience } from "./pools";
import { type Proof, readiness, TAKES_WRITES } from "./readiness";
import type { Replica } from "./replica";
import { readSecrets } from "./secret";
import { type Seen, seenBeside } from "./seen-position";
import { HOT_SETTINGS, type Sql, sqlOnPglite, sqlOnPool } from "./sql";
import { openConnections, type Waits } from "./store-connections";
import { isCiphertext } from "./vault-settings";
import { watchedAdapter } from "./watched-adapter";

/** The license store of a process: Prisma for everything that isn't hot, prepared statements for the rest. */
export type Store = {
  kind: "embedded" | "postgresql";
  place: string;
  db: PrismaClient;
  sql: Sql;
  /** What `reading()` returns. */
  reads: Reads;
  /** The read replica, if the settings name one. */
  replica: Replica | null;
  /** The connection of the job library to the same database. */
  jobs: { db: { executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> } };
  /** Runs work that servers on the same database must do one after the other. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Runs work in one transaction of an embedded store, which no other process can reach, without time limits. */
  transaction: OneTransaction | null;
  /** The record beside the folder of an embedded store. */
  seen: Seen | null;
  /** Whether every connection to the store responds and accepts writes. */
  isReady: Proof;
  /** The secret in use, then the previous one during a rotation. */
  secrets: Buffer[];
  /** The folder that may hold the secret in use; null with PostgreSQL, and where only a key service may hold it. */
  secretFolder: string | null;
  close(): Promise<void>;
};

/** The same two clients for what only reads. */
export type Reads = { db: PrismaClient; sql: Pick<Sql, "query"> };

/** The part of Prisma that works inside a transaction. */
export type Tx = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

declare global {
  var signetStore: Store | undefined;
}

/** A request waits for a connection, for a statement, and for those before it, and has to end within 15 seconds. */
const PATIENCE: Patience = { connectMs: 3000, statementMs: 5000 };
const READY = { freshMs: 1000, waitMs: 2000 };

/** Opens and migrates the store of this process; instrumentation and routes are separate bundles and share it. */
export async function openStore(env: Env, patience: Waits = PATIENCE): Promise<Store> {
  if (globalThis.signetStore) throw new Error("The store is open already.");
  globalThis.signetStore = env.DATABASE_URL
    ? await openPostgres(env, env.DATABASE_URL, patience)
    : await openEmbedded(env, patience);
  return globalThis.signetStore;
}

export function store(): Store {
  if (process.env.NEXT_PHASE === "phase-production-build")
    throw new Error("A build does not open the store.");
  if (!globalThis.signetStore) throw new Error("The store is not open.");
  return globalThis.signetStore;
}

/**
 * The store for lists and overviews: a request that only reads may get them from a replica, as old as it allows. Never
 * for rights, for what a form edits, or for what a change depends on.
 */
export function reading(): Reads {
  return store().reads;
}

/** The read replica that the settings name; null without one, or without an open store. */
export function readReplica(): Replica | null {
  return globalThis.signetStore?.replica ?? null;
}

/** Whether the store is open and migrated, responds and accepts writes. */
export async function isStoreReady(): Promise<boolean> {
  return (await globalThis.signetStore?.isReady()) ?? false;
}

export async function closeStore(): Promise<void> {
  const open = globalThis.signetStore;
  globalThis.signetStore = undefined;
  forgetProcessState();
  await open?.close();
}

async function openPostgres(env: Env, url: string, patience: Waits): Promise<Store> {
  const secrets = await readSecrets(env);
  const database = parseDatabaseUrl(url);
  const { hot, main, jobs, settings, end } = openConnections(database, patience);
  try {
    await proveSessions(hot, settings);
    await migratePostgres(url);
  } catch (error) {
    await end();
    throw error;
  }
  const transactionOptions = transactionsOf(patience);
  const db = new PrismaClient({ adapter: watchedAdapter(new PrismaPg(main)), transactionOptions });
  const sql = sqlOnPool(hot);
  const replica = openReplica(env, { hot, main, sql }, patience);
  const takesWrites = (on: pg.Pool) => async () => (await on.query(TAKES_WRITES)).rows[0]?.writable === true;
  return {
    kind: "postgresql",
    place: database.place,
    ...{ db, sql, reads: replica?.reads ?? { db, sql }, replica: replica?.replica ?? null },
    jobs: { db: { executeSql: (text, values) => jobs.query(text, values) } },
    alone: (work) => aloneOn(url, work),
    transaction: null,
    seen: null,
    isReady: readiness([takesWrites(hot), takesWrites(main)], READY),
    secrets,
    secretFolder: null,
    close: async () => {
      await db.$disconnect();
      await replica?.close();
      await end();
    },
  };
}

function transactionsOf({ connectMs, longMs }: Waits) {
  return longMs === undefined ? undefined : { maxWait: connectMs, timeout: longMs };
}

const PING = { name: "ping", text: "SELECT 1" };

/** `memory://` is a store for tests: no folder is locked and nothing is left. */
async function openEmbedded(env: Env, patience: Waits): Promise<Store> {
  const inMemory = env.DATA_DIR === "memory://";
  const release = inMemory ? async () => {} : await holdDataFolder(env.DATA_DIR);
  try {
    const secrets = await readSecrets(
      inMemory ? { ...env, SIGNET_SECRET: env.SIGNET_SECRET ?? randomSecret() } : env,
    );
    const lite = await openPglite(env.DATA_DIR);
    for (const [name, value] of Object.entries(HOT_SETTINGS)) await lite.exec(`SET ${name} = '${value}'`);
    await namingDamage(env.DATA_DIR, () => migratePglite(lite));
    boundTurns(lite, patience);
    const inTime = inTimeOf(patience);
    const db = new PrismaClient({
      adapter: watchedAdapter(pgliteAdapter(lite, inTime)),
      transactionOptions: transactionsOf(patience),
    });
    const seen = inMemory ? null : seenBeside(env.DATA_DIR, lite);
    const close = async () => {
      await db.$disconnect();
      if (seen && !(await seen.isBehind())) await seen.note();
      await lite.close();
      await release();
    };
    const sql = sqlOnPglite(lite, inTime);
    return {
      ...{ kind: "embedded", place: env.DATA_DIR, db, sql, secrets, close },
      ...{ reads: { db, sql }, replica: null },
      jobs: { db: { executeSql: executeOn(lite) } },
      alone: (work) => work(),
      transaction: transactionsOn(lite),
      seen,
      secretFolder: inMemory || isCiphertext(env.SIGNET_SECRET ?? "") ? null : env.DATA_DIR,
      isReady: readiness([async () => (await sql.query(PING, [])).length === 1], READY),
    };
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
