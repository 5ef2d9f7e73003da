import type { PrismaClient } from "@/prisma/client/client";

type Table = { name: string; rows: string };

/**
 * Reads a prepared store, which has few rows. The work that is returned puts exactly these back; it returns false, and
 * changes nothing, if the schema is another one by then.
 */
export async function rewindOf(db: PrismaClient): Promise<() => Promise<boolean>> {
  const schema = await schemaOf(db);
  const tables: Table[] = [];
  for (const name of await tablesOf(db)) tables.push({ name, rows: await rowsOf(db, name) });
  return async () => {
    if ((await schemaOf(db)) !== schema) return false;
    await db.$transaction([
      db.$executeRawUnsafe(deletionOf(tables)),
      ...tables.filter(({ rows }) => rows !== "[]").map((table) => insertionOf(db, table)),
    ]);
    return true;
  };
}

/** One statement, so that no row is left that refers to another. */
function deletionOf(tables: Table[]): string {
  const parts = tables.map(({ name }, index) => `t${index} AS (DELETE FROM ${name})`);
  return `WITH ${parts.join(", ")} SELECT`;
}

function insertionOf(db: PrismaClient, { name, rows }: Table) {
  const statement = `INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1::json)`;
  return db.$executeRawUnsafe(statement, rows);
}

async function tablesOf(db: PrismaClient): Promise<string[]> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT format('%I', relname) AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition`;
  return tables.map(({ name }) => name);
}

async function rowsOf(db: PrismaClient, table: string): Promise<string> {
  const statement = `SELECT coalesce(json_agg(t), '[]')::text AS rows FROM ${table} t`;
  const [found] = await db.$queryRawUnsafe<{ rows: string }[]>(statement);
  return found?.rows ?? "[]";
}

/** The objects of the schema by their ids: whatever was replaced by its like counts as another one. */
async function schemaOf(db: PrismaClient): Promise<string> {
  const [found] = await db.$queryRaw<{ schema: string }[]>`
    SELECT string_agg(part, ' ') AS schema FROM (
      SELECT md5(string_agg(oid::text, ' ' ORDER BY oid)) AS part FROM pg_class
        WHERE oid >= 16384 AND relnamespace <> 'pg_toast'::regnamespace
      UNION ALL SELECT md5(string_agg(oid::text, ' ' ORDER BY oid)) FROM pg_constraint WHERE oid >= 16384
      UNION ALL SELECT md5(string_agg(oid::text, ' ' ORDER BY oid)) FROM pg_trigger WHERE oid >= 16384
      UNION ALL SELECT md5(string_agg(oid::text, ' ' ORDER BY oid)) FROM pg_proc WHERE oid >= 16384
      UNION ALL SELECT count(*)::text FROM pg_attribute WHERE attrelid >= 16384
    ) AS parts`;
  return found?.schema ?? "";
}
