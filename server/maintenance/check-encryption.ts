import { ENCRYPTED, type EncryptedColumn } from "@/server/key-rotation/encrypted-columns";
import { type EncryptedRow, opened, readRows } from "@/server/key-rotation/encrypted-rows";
import { type DataKeys, storedKeys } from "@/server/secrets/data-keys";
import type { Sql } from "@/server/store/sql";
import { type CheckedRule, inBatches, tally } from "./check-rules";

type Query = Pick<Sql, "query">;

const BATCH = 1000;
/** The rules about subjects decrypt these. */
const OF_SUBJECTS = ["assignment", "alias_text", "rejection"];
const COLUMNS = ENCRYPTED.filter(({ table }) => !OF_SUBJECTS.includes(table));

/** That nothing is left under a key that a rotation has erased. */
export async function encryptionRule(sql: Query): Promise<CheckedRule> {
  const { checked, count } = tally(
    "encryption",
    "every encrypted value can be decrypted with a key of its scope",
  );
  const keysOf = lastKeys(sql);
  for (const column of COLUMNS)
    for await (const row of allRows(sql, column)) {
      if (!row.sealed) continue;
      const keys = await keysOf(row.scope);
      const isOpen = keys !== null && opened(column, row, keys.encryption) !== null;
      count(isOpen, `${column.table} ${[row.scope, ...row.position].join(" ")}`);
    }
  return checked;
}

function allRows(sql: Query, column: EncryptedColumn): AsyncGenerator<EncryptedRow> {
  return inBatches((after?: EncryptedRow) => readRows(sql, column, { after, limit: BATCH }));
}

export type KeysOf = (scope: string) => Promise<DataKeys | null>;

/** The keys of a scope as the transaction sees them; null if there are none that decrypt. Rows come scope by scope. */
export function lastKeys(sql: Query): KeysOf {
  let last: { scope: string; keys: DataKeys | null } | undefined;
  return async (scope) => {
    if (last?.scope !== scope) last = { scope, keys: await storedKeys(scope, sql).catch(() => null) };
    return last.keys;
  };
}
