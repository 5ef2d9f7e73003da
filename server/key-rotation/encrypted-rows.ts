import { decrypt, encrypt } from "@/server/secrets/encryption";
import type { DataKeys } from "@/server/secrets/key-cache";
import type { Sql, Statement } from "@/server/store/sql";
import type { EncryptedColumn } from "./encrypted-columns";

type Query = Pick<Sql, "query">;
/** A row with its encrypted value; `position` has the values of its key. */
export type EncryptedRow = { scope: string; position: string[]; sealed: Uint8Array | null; fields: string[] };
type Renewed = { position: string[]; old: Uint8Array; sealed: Buffer };

/** The next rows of a column in the order of their keys: of one scope, or else of all. Some have no value. */
export function readRows(
  sql: Query,
  column: EncryptedColumn,
  {
    scope,
    after,
    limit,
  }: { scope?: string; after?: Pick<EncryptedRow, "scope" | "position">; limit: number },
): Promise<EncryptedRow[]> {
  const values = [...(scope === undefined ? [] : [scope]), ...(after ? positionOf(scope, after) : [])];
  return sql.query<EncryptedRow>(reading(column, scope !== undefined, after !== undefined, limit), values);
}

function positionOf(scope: string | undefined, after: Pick<EncryptedRow, "scope" | "position">): string[] {
  return scope === undefined ? [after.scope, ...after.position] : after.position;
}

function reading(
  { table, column, scope, key, also = [] }: EncryptedColumn,
  ofScope: boolean,
  isNext: boolean,
  limit: number,
): Statement {
  const own = Object.entries(key).map(([name, type]) => ({ sql: `t.${name}`, type: type as string }));
  const order = ofScope ? own : [{ sql: `(${scope})::text`, type: "text" }, ...own];
  const names = order.map(({ sql }) => sql).join(", ");
  const first = ofScope ? 2 : 1;
  const after = order.map(({ type }, index) => `$${first + index}::text::${type}`).join(", ");
  const conditions = [
    ...(ofScope ? [`${scope} = $1`] : []),
    ...(isNext ? [`(${names}) > (${after})`] : []),
  ].join(" AND ");
  const texts = (columns: string[]) =>
    `ARRAY[${columns.map((name) => `t.${name}::text`).join(", ")}]::text[]`;
  return {
    name: ["encrypted", table, column, ofScope ? "scope" : "all", isNext ? "next" : "first", limit].join("_"),
    text: `SELECT ${scope} AS scope, ${texts(Object.keys(key))} AS position, ${texts(also)} AS fields,
        t.${column} AS sealed
      FROM ${table} t ${conditions && `WHERE ${conditions}`} ORDER BY ${names} LIMIT ${limit}`,
  };
}

/** What the value of a row is bound to. */
function contextOf({ key, also = [], context }: EncryptedColumn, row: EncryptedRow): string {
  const names = [...Object.keys(key), ...also];
  const texts = [...row.position, ...row.fields];
  return context(row.scope, Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""])));
}

/** The value of a row under the first key, if only a later one decrypts it; null for any other. */
export function renewed(column: EncryptedColumn, row: EncryptedRow, keys: DataKeys): Renewed | null {
  const { sealed, position } = row;
  const [current, ...previous] = keys.encryption;
  if (!sealed || opened(column, row, [current])) return null;
  const [next, ...rest] = previous;
  const plain = next && opened(column, row, [next, ...rest]);
  if (!plain) return null;
  return { position, old: sealed, sealed: encrypt([current], plain, contextOf(column, row)) };
}

/** The value of a row, decrypted; null if no key decrypts it. */
export function opened(
  column: EncryptedColumn,
  row: EncryptedRow,
  keys: DataKeys["encryption"],
): Buffer | null {
  try {
    return row.sealed && decrypt(keys, row.sealed, contextOf(column, row));
  } catch {
    return null;
  }
}

/** Stores renewed values. A row that changed since it was read, or is locked, stays as it is. */
export async function storeRows(
  sql: Query,
  column: EncryptedColumn,
  scope: string,
  rows: readonly Renewed[],
): Promise<void> {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
  const keys = Object.keys(column.key).map((_, index) => rows.map(({ position }) => position[index] ?? ""));
  const values = [rows.map(({ old }) => base64(old)), rows.map(({ sealed }) => base64(sealed))];
  await sql.query(storing(column), [scope, ...values, ...keys]);
}

/** Nothing waits for a row here, so that no request that holds one and waits for another is a victim. */
function storing({ table, column, scope, key }: EncryptedColumn): Statement {
  const names = Object.keys(key);
  const typed = Object.entries(key).map(([name, type]) => `u.${name}::${type} AS ${name}`);
  const same = (other: string) => names.map((name) => `t.${name} = ${other}.${name}`).join(" AND ");
  return {
    name: `encrypted_${table}_${column}_store`,
    text: `WITH renewed AS MATERIALIZED (
        SELECT decode(u.old_value, 'base64') AS old_value, decode(u.new_value, 'base64') AS new_value, ${typed.join(", ")}
        FROM unnest(${["$2", "$3", ...names.map((_, index) => `$${index + 4}`)].map((value) => `${value}::text[]`).join(", ")})
          AS u(old_value, new_value, ${names.join(", ")})
      ), free AS MATERIALIZED (
        SELECT ${names.map((name) => `t.${name}`).join(", ")}, r.new_value FROM ${table} t
        JOIN renewed r ON ${same("r")} AND t.${column} = r.old_value WHERE ${scope} = $1
        FOR NO KEY UPDATE OF t SKIP LOCKED
      )
      UPDATE ${table} t SET ${column} = f.new_value FROM free f WHERE ${same("f")} AND ${scope} = $1`,
  };
}
