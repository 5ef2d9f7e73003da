import { SYSTEM } from "@/server/access/actor";
import { appendEvents } from "@/server/audit/audit";
import { INSTALLATION, storedKeys } from "@/server/secrets/data-keys";
import type { DataKeys } from "@/server/secrets/key-cache";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { columnsOf, type EncryptedColumn } from "./encrypted-columns";
import { type EncryptedRow, readRows, renewed, storeRows } from "./encrypted-rows";

type Query = Pick<Sql, "query">;
/** The table and column to read, the last row read of it, and how many values under the previous key were met. */
type Progress = { at: string; after: Pick<EncryptedRow, "scope" | "position"> | null; met: number };

/** Longer than a server trusts the keys in its memory, and than any transaction lasts. By the database's clock. */
export const WAIT = "interval '5 minutes'";

export const NEXT_GENERATION = {
  name: "rotation_generation",
  text: "UPDATE installation SET key_generation = key_generation + 1 WHERE id = 1",
};
const END = "end";
const PROGRESS = {
  name: "rotation_progress",
  text: `SELECT progress FROM data_key WHERE scope = $1 AND purpose = 'previous'
      AND (progress IS NOT NULL OR since < now() - ${WAIT}) FOR NO KEY UPDATE`,
};
const NOTE = {
  name: "rotation_note",
  text: `UPDATE data_key SET progress = $2, since = CASE WHEN $2::text IS NULL THEN now() ELSE since END
    WHERE scope = $1 AND purpose = 'previous'`,
};
const ERASE = {
  name: "rotation_erase",
  text: "DELETE FROM data_key WHERE scope = $1 AND purpose = 'previous'",
};

/**
 * Encrypts the next rows of a scope with its new key, at most `limit`. Passes over all rows repeat until one meets no
 * value under the previous key; with it ends the key. Returns false once nothing is to be done for now.
 */
export function renewRows(scope: string, limit: number, now: Date): Promise<boolean> {
  return store().sql.transaction(async (tx) => {
    const [row] = await tx.query<{ progress: string | null }>(PROGRESS, [scope]);
    const keys = row && (await storedKeys(scope, tx));
    if (!keys) return false;
    const begun: Progress = row.progress ? JSON.parse(row.progress) : { at: "", after: null, met: 0 };
    const progress = await renewBatch(tx, scope, keys, begun, limit);
    const isEnd = progress.at === END;
    if (isEnd && progress.met === 0) await eraseKey(tx, scope, now);
    else await tx.query(NOTE, [scope, isEnd ? null : JSON.stringify(progress)]);
    return !isEnd;
  });
}

/** Renews rows column by column, as many as there may be in a batch. */
async function renewBatch(
  tx: Query,
  scope: string,
  keys: DataKeys,
  begun: Progress,
  most: number,
): Promise<Progress> {
  const columns = columnsOf(scope);
  let index = columns.map(nameOf).indexOf(begun.at);
  let { after, met } = begun;
  // A pass begins, or was begun by another release.
  if (index < 0) [index, after] = [0, null];
  for (let left = most; left > 0; ) {
    const column = columns[index];
    if (!column) break;
    const rows = await readRows(tx, column, { scope, after: after ?? undefined, limit: most });
    met += await renewAll(tx, column, scope, keys, rows);
    left -= rows.length;
    const last = rows.at(-1);
    const isEnd = rows.length < most || !last;
    after = isEnd ? null : { scope, position: last.position };
    if (isEnd) index += 1;
  }
  const column = columns[index];
  return { at: column ? nameOf(column) : END, after, met };
}

const nameOf = ({ table, column }: EncryptedColumn) => `${table}.${column}`;

/** Returns how many values were under the previous key. */
async function renewAll(
  tx: Query,
  column: EncryptedColumn,
  scope: string,
  keys: DataKeys,
  rows: readonly EncryptedRow[],
): Promise<number> {
  const stale = rows.flatMap((row) => renewed(column, row, keys) ?? []);
  if (stale.length > 0) await storeRows(tx, column, scope, stale);
  return stale.length;
}

async function eraseKey(tx: Query, scope: string, now: Date): Promise<void> {
  await appendEvents(tx, INSTALLATION, SYSTEM, now, [{ action: "data-key.rotated", object: scope }]);
  await tx.query(ERASE, [scope]);
  await tx.query(NEXT_GENERATION, []);
}
