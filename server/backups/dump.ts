import { INSTALLATION } from "@/server/secrets/data-keys";
import type { PlainTx } from "@/server/store/one-transaction";
import type { Schema } from "./backup-lines";
import { quoted, type Table, TEXT_FORM, tablesOf } from "./tables";

const ROWS = 1000;
const MIGRATIONS = `SELECT migration_name AS name, checksum FROM _prisma_migrations
  WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`;
const KEYS = `SELECT purpose, translate(encode(wrapped, 'base64'), E'\\n', '') AS wrapped
  FROM data_key WHERE scope = $1 ORDER BY purpose`;

/**
 * Every table as lines of text, as it is at one moment; memory doesn't grow with the store. The tables are locked
 * against being dropped only, so a server reads and writes meanwhile.
 */
export async function* dumpedLines(tx: PlainTx): AsyncGenerator<string> {
  await tx.run(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; ${TEXT_FORM}`);
  await tx.run("SET LOCAL enable_seqscan = on");
  const tables = await tablesOf(tx);
  if (!tables.some(({ name }) => name === "data_key")) throw new Error("There is no store to back up here.");
  await tx.run(`LOCK TABLE ${tables.map(({ name }) => quoted(name))} IN ACCESS SHARE MODE`);
  yield `${JSON.stringify(await schemaOf(tx))}\n`;
  let rows = 0;
  for (const table of tables) {
    yield lineOf(table);
    for await (const lines of dumpedRows(tx, table)) {
      rows += lines.length;
      yield `${lines.join("\n")}\n`;
    }
  }
  yield `${JSON.stringify({ rows })}\n`;
}

async function schemaOf(tx: PlainTx): Promise<Schema> {
  return {
    migrations: await tx.query(MIGRATIONS),
    keys: await tx.query(KEYS, [INSTALLATION]),
  };
}

function lineOf({ name, columns, months }: Table): string {
  return `${JSON.stringify({ table: name, columns: columns.map((column) => column.name), months })}\n`;
}

async function* dumpedRows(tx: PlainTx, { name, columns }: Table): AsyncGenerator<string[]> {
  const texts = columns.map((column) => `${quoted(column.name)}::text`);
  await tx.run(
    `DECLARE dumped NO SCROLL CURSOR FOR SELECT to_json(ARRAY[${texts}])::text AS line FROM ${quoted(name)}`,
  );
  for (;;) {
    const rows = await tx.query<{ line: string }>(`FETCH ${ROWS} FROM dumped`);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await tx.run("CLOSE dumped");
}
