import { randomUUID } from "node:crypto";
import { type Migration, readMigrations } from "@/server/store/migrations";
import type { PlainTx } from "@/server/store/one-transaction";
import type { Schema } from "./backup-lines";
import { quoted, type Table, tablesOf } from "./tables";

/** As Prisma's schema engine creates it. */
const HISTORY = `CREATE TABLE _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;
const APPLIED = `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, now(), 1)`;
const ENUMS = `SELECT typname::text AS name FROM pg_type
  WHERE typnamespace = current_schema()::text::regnamespace AND typtype = 'e'`;

/** Gives a store the tables that migrations make, without rows. What was there is dropped if it may be. */
export async function emptySchema(
  tx: PlainTx,
  migrations: Migration[],
  mayReplace: boolean,
): Promise<Table[]> {
  const found = (await tablesOf(tx)).map(({ name }) => name);
  if (found.length > 0) await dropAll(tx, found, mayReplace);
  await tx.run(HISTORY);
  for (const { name, checksum, sql } of migrations) {
    await tx.run(sql);
    await tx.query(APPLIED, [randomUUID(), checksum, name]);
  }
  const tables = await tablesOf(tx);
  await tx.run(`TRUNCATE ${tables.map(({ name }) => quoted(name))}`); // Migrations insert first rows.
  return tables;
}

/** The migrations of a backup, if this program has them all. */
export function migrationsOf({ migrations }: Schema): Migration[] {
  const known = new Map(readMigrations().map((migration) => [migration.name, migration]));
  return migrations.map(({ name, checksum }) => {
    const migration = known.get(name);
    if (migration?.checksum === checksum) return migration;
    throw new Error(
      `The backup is of a newer Signet, or of another one (${name}). Restore it with the version that it was created with, or a later one.`,
    );
  });
}

async function dropAll(tx: PlainTx, tables: string[], mayReplace: boolean): Promise<void> {
  if (!tables.includes("installation"))
    throw new Error("The database has tables of another program. Restore into an empty database.");
  if (!mayReplace)
    throw new Error(
      "There is a store already. Restore into another database or DATA_DIR, or replace it with --replace: then everything in it is lost.",
    );
  await tx.run(`DROP TABLE ${[...tables, "_prisma_migrations"].map(quoted)} CASCADE`);
  const enums = await tx.query<{ name: string }>(ENUMS);
  if (enums.length > 0) await tx.run(`DROP TYPE ${enums.map(({ name }) => quoted(name))} CASCADE`);
  await tx.run("DROP SCHEMA IF EXISTS pgboss CASCADE");
}
