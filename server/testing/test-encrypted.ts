import { randomBytes, randomUUID } from "node:crypto";
import { withPartitions } from "@/server/consumption/sessions/session-partitions";
import { columnsOf, type EncryptedColumn } from "@/server/key-rotation/encrypted-columns";
import { type EncryptedRow, opened, readRows } from "@/server/key-rotation/encrypted-rows";
import { dataKeys } from "@/server/secrets/data-keys";
import { type EncryptionKeys, encrypt } from "@/server/secrets/encryption";
import { store } from "@/server/store/store";

const MADE: Record<string, (row: number) => string> = {
  text: (row) => `text ${row}`,
  uuid: () => randomUUID(),
  bigint: (row) => String(1000 + row),
  bytea: (row) => `\\x0${row}`,
  timestamptz: (row) => `2026-08-0${row + 1} 00:00:00+00`,
};

const MONTH = "2026-08";
let number = 100_000;

/** What the rules of a table want beside a value for each column. */
const ALSO: Record<string, Record<string, string>> = {
  session_total: { month: MONTH },
  signing_key: { status: "retired", retired_at: "2026-08-24" },
};

/** Writes rows into every column that a scope's keys encrypt; what else they need has the least value of its type. */
export async function fillEncrypted(scope: string, rows: number): Promise<void> {
  await withPartitions(new Set([MONTH]), async () => {
    for (const name of new Set(columnsOf(scope).map(({ table }) => table))) {
      const columns = columnsOf(scope).filter(({ table }) => table === name);
      for (let row = 0; row < rows; row++) await fillRow(scope, columns, row);
    }
  });
}

async function fillRow(scope: string, columns: readonly EncryptedColumn[], row: number): Promise<void> {
  const [column] = columns;
  if (!column) return;
  const { table, key, also = [], context } = column;
  const fields = Object.entries({ ...key, ...Object.fromEntries(also.map((name) => [name, "uuid"])) }).map(
    ([name, type]) => [name, MADE[type]?.(row) ?? ""] as const,
  );
  const { encryption } = await dataKeys(scope);
  const sealed = encrypt(
    encryption,
    Buffer.from(`${table} ${row}`),
    context(scope, Object.fromEntries(fields)),
  );
  const own: Record<string, string> = {
    ...(await leastValues(table)),
    ...(column.scope === "t.license" ? { license: scope } : {}),
    ...(scope.startsWith("scim:") ? { connection: scope.slice("scim:".length) } : {}),
    ...Object.fromEntries(fields),
    ...ALSO[table],
    ...Object.fromEntries(columns.map((one) => [one.column, `\\x${sealed.toString("hex")}`])),
  };
  await store().db.$executeRawUnsafe(
    `INSERT INTO ${table} (${Object.keys(own).join(", ")})
     SELECT ${Object.keys(own).join(", ")} FROM json_populate_record(NULL::${table}, $1::json)`,
    JSON.stringify(own),
  );
}

/** A value for each column of a table that must have one. */
async function leastValues(table: string): Promise<Record<string, string>> {
  const columns = await store().db.$queryRaw<{ name: string; type: string; first: string | null }[]>`
    SELECT c.column_name AS name, c.udt_name AS type, (SELECT e.enumlabel FROM pg_enum e JOIN pg_type t
      ON t.oid = e.enumtypid WHERE t.typname = c.udt_name ORDER BY e.enumsortorder LIMIT 1) AS first
    FROM information_schema.columns c
    WHERE c.table_schema = 'public' AND c.table_name = ${table} AND c.is_nullable = 'NO' AND c.column_default IS NULL`;
  return Object.fromEntries(columns.map(({ name, type, first }) => [name, first ?? leastOf(type)]));
}

function leastOf(type: string): string {
  if (type === "uuid") return randomUUID();
  if (/^(int|float|numeric)/.test(type)) return String(++number);
  if (/^(timestamp|date)/.test(type)) return "2026-08-24";
  if (type === "bool") return "false";
  if (type.startsWith("_")) return "{}";
  if (type === "jsonb") return "{}";
  return type === "bytea" ? `\\x${randomBytes(8).toString("hex")}` : randomUUID();
}

/** The rows of a scope that keys don't decrypt. */
export async function unreadableRows(
  scope: string,
  keys: EncryptionKeys,
): Promise<{ column: EncryptedColumn; row: EncryptedRow }[]> {
  const rows = await Promise.all(
    columnsOf(scope).map(async (column) =>
      (await readRows(store().sql, column, { scope, limit: 1000 })).map((row) => ({ column, row })),
    ),
  );
  return rows.flat().filter(({ column, row }) => row.sealed !== null && opened(column, row, keys) === null);
}
