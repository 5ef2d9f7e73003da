import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type pg from "pg";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { parseDatabaseUrl } from "./database-url";
import { openPool } from "./pools";
import { schemaEngine } from "./schema-engine";

/** One folder of `prisma/migrations`. */
export type Migration = { name: string; sql: string; checksum: string };

type Applied = { migration_name: string; checksum: string; finished: boolean };

/** A database to migrate: how to run a whole script at once, and how to read. */
type Target = {
  factory: SqlMigrationAwareDriverAdapterFactory;
  run(script: string): Promise<unknown>;
  rows<Row>(sql: string): Promise<Row[]>;
};

const LOCK = 5_143_707_201;
const CONNECT_MS = 5000;
const everything = { externalTables: [], externalEnums: [] };

/** Migrates a PostgreSQL to this program's schema; of several servers that start at once one does the work. */
export async function migratePostgres(
  connectionString: string,
  known: Migration[] = readMigrations(),
): Promise<string[]> {
  const pool = withoutTimeouts(connectionString);
  const target: Target = {
    factory: new PrismaPg(pool),
    run: (script) => pool.query(script),
    rows: async <Row>(sql: string) => (await pool.query(sql)).rows as Row[],
  };
  try {
    return await aloneOn(connectionString, () => migrate(target, known));
  } finally {
    await pool.end();
  }
}

/** Runs work that several servers that start at once must do one after the other. */
export async function aloneOn<T>(connectionString: string, work: () => Promise<T>): Promise<T> {
  const pool = withoutTimeouts(connectionString);
  const guard = await pool.connect();
  try {
    await guard.query("SELECT pg_advisory_lock($1)", [LOCK]);
    return await work();
  } finally {
    guard.release(true);
    await pool.end();
  }
}

/** One connection, whose statements may take as long as a migration does. */
export function withoutTimeouts(connectionString: string): pg.Pool {
  const patience = { connectMs: CONNECT_MS, statementMs: 0 };
  return openPool(parseDatabaseUrl(connectionString), { ...patience, max: 1, settings: { timezone: "UTC" } });
}

export function migratePglite(lite: PGlite, known: Migration[] = readMigrations()): Promise<string[]> {
  const target: Target = {
    factory: new PrismaPGlite(lite),
    run: (script) => lite.exec(script),
    rows: async <Row>(sql: string) => (await lite.query<Row>(sql)).rows,
  };
  return migrate(target, known);
}

/** Returns the names of the migrations that it applied. The engine is loaded only if there is one to apply. */
async function migrate(target: Target, known: Migration[]): Promise<string[]> {
  const applied = await history(target);
  const finished = applied.filter((row) => row.finished);
  refuseForeignHistory(known, finished);
  const done = new Set(finished.map((row) => row.migration_name));
  if (known.every(({ name }) => done.has(name))) return [];
  const failed = applied.filter((row) => !row.finished).map((row) => row.migration_name);
  return apply(target, known, failed);
}

async function apply(target: Target, known: Migration[], failed: string[]): Promise<string[]> {
  const { SchemaEngine } = await schemaEngine();
  const { adapter, why } = inOnePiece(target);
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  try {
    for (const migrationName of failed) await engine.markMigrationRolledBack({ migrationName });
    const { appliedMigrationNames } = await engine.applyMigrations(migrationsInput(known));
    return appliedMigrationNames;
  } catch (error) {
    throw new Error("A migration of the store failed and was rolled back.", { cause: why() ?? error });
  } finally {
    engine.free();
  }
}

/**
 * Both adapters run scripts statement by statement outside a transaction, or lose the error. One multi-statement
 * simple query is atomic on both stores, accepts functions and triggers, and reports errors.
 */
function inOnePiece({ factory, run }: Target) {
  let failure: unknown;
  const executeScript = async (script: string) => {
    try {
      await run(script);
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  const connect = factory.connect.bind(factory);
  factory.connect = async () => Object.assign(await connect(), { executeScript });
  return { adapter: bindMigrationAwareSqlAdapterFactory(factory), why: () => failure };
}

async function history({ rows }: Target): Promise<Applied[]> {
  const [table] = await rows<{ found: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found",
  );
  if (!table?.found) return [];
  return rows(
    "SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name",
  );
}

/**
 * The engine notices neither an edited migration nor a database that is ahead of the program. A failed migration left
 * nothing.
 */
function refuseForeignHistory(known: Migration[], applied: Applied[]): void {
  const checksums = new Map(known.map(({ name, checksum }) => [name, checksum]));
  for (const { migration_name: name, checksum } of applied) {
    if (!checksums.has(name))
      throw new Error(
        `The store was migrated by a newer Signet (${name}). Start that version or a later one.`,
      );
    if (checksums.get(name) !== checksum)
      throw new Error(`The migration ${name} differs from the one that was applied to this store.`);
  }
}

/** The migrations that came with this program, in order. */
export function readMigrations(): Migration[] {
  const folder = join(process.cwd(), "prisma/migrations");
  return readdirSync(/* turbopackIgnore: true */ folder)
    .filter((name) => existsSync(/* turbopackIgnore: true */ join(folder, name, "migration.sql")))
    .sort()
    .map((name) => {
      const sql = readFileSync(/* turbopackIgnore: true */ join(folder, name, "migration.sql"), "utf8");
      return migration(name, sql);
    });
}

export function migration(name: string, sql: string): Migration {
  return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}

function migrationsInput(known: Migration[]) {
  return {
    migrationsList: {
      baseDir: "prisma/migrations",
      lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
      shadowDbInitScript: "",
      migrationDirectories: known.map(({ name, sql }) => ({
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
      })),
    },
    filters: everything,
  };
}

/** The SQL that leads from the committed migrations to a schema: empty if they match. */
export async function missingMigration(lite: PGlite, schema: string): Promise<string> {
  const { SchemaEngine } = await schemaEngine();
  const target: Target = {
    factory: new PrismaPGlite(lite),
    run: (script) => lite.exec(script),
    rows: async () => [],
  };
  const engine = await SchemaEngine.new(
    { datamodels: [["schema.prisma", schema]] },
    () => {},
    inOnePiece(target).adapter,
  );
  const { stdout } = await engine.diff({
    from: { tag: "migrations", ...migrationsInput(readMigrations()).migrationsList },
    to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
    script: true,
    exitCode: null,
    filters: everything,
  });
  engine.free();
  return stdout ?? "";
}
