import { partitionOf } from "@/server/store/month-partitions";
import type { PlainTx } from "@/server/store/one-transaction";
import { BackupDamaged, END, parsedLine, TABLE } from "./backup-lines";
import { quoted, type Table, TEXT_FORM } from "./tables";

const BATCH = { rows: 1000, characters: 1_000_000 };
/** No store has this identity: the next start notices that it was restored, even if this process ends before. */
const FOREIGN = "UPDATE installation SET fingerprint = 'restored'";

type Lines = AsyncIterator<string>;

/** Fills the empty tables of a store with the lines that follow the schema in a backup. Returns how many rows it has. */
export async function loadLines(tx: PlainTx, known: Table[], lines: Lines): Promise<number> {
  await tx.run(TEXT_FORM);
  const tables = new Map(known.map((table) => [table.name, table]));
  let rows = 0;
  let line = await nextLine(lines);
  while (line.startsWith('{"table"')) {
    const { table: name, columns, months } = parsedLine(TABLE, line);
    const table = chosen(tables.get(name), columns);
    for (const month of months) for (const statement of partitionOf(name, month)) await tx.run(statement);
    const loaded = await loadRows(tx, table, lines);
    rows += loaded.rows;
    line = loaded.next;
  }
  if (parsedLine(END, line).rows !== rows) throw new BackupDamaged("Rows of the backup are missing.");
  await tx.run(`${FOREIGN}; ANALYZE`);
  return rows;
}

export async function nextLine(lines: Lines): Promise<string> {
  const { value, done } = await lines.next();
  if (done) throw new BackupDamaged("The backup ends early.");
  return value;
}

/** The table with the columns of the backup; names in a backup become a part of SQL only if the schema has them. */
function chosen(table: Table | undefined, columns: string[]): Table {
  const found = columns.map((name) => table?.columns.find((column) => column.name === name));
  if (!table || found.some((column) => !column)) throw new BackupDamaged("The backup has an unknown table.");
  return { ...table, columns: found.filter((column) => column !== undefined) };
}

/** Reads rows up to the next line that isn't one, and returns that. */
async function loadRows(tx: PlainTx, table: Table, lines: Lines): Promise<{ rows: number; next: string }> {
  const insert = insertInto(table);
  let [rows, size] = [0, 0];
  let batch: string[] = [];
  const send = async () => {
    if (batch.length > 0) await tx.query(insert, [`[${batch}]`]);
    [batch, size] = [[], 0];
  };
  let line = await nextLine(lines);
  for (; line.startsWith("["); line = await nextLine(lines)) {
    batch.push(line);
    rows += 1;
    size += line.length;
    if (batch.length >= BATCH.rows || size > BATCH.characters) await send();
  }
  await send();
  return { rows, next: line };
}

function insertInto({ name, columns }: Table): string {
  const names = columns.map((column) => quoted(column.name));
  const values = columns.map(({ type }, at) => `(r ->> ${at})::${type}`);
  return `INSERT INTO ${quoted(name)} (${names}) SELECT ${values} FROM jsonb_array_elements($1::jsonb) AS r`;
}
