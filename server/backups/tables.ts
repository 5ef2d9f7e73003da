import type { PlainTx } from "@/server/store/one-transaction";

/** A table of the store: its columns with their types in SQL, and its months if it has a partition for each. */
export type Table = { name: string; columns: { name: string; type: string }[]; months: string[] };

/** Tables come after those that they refer to. The history of migrations isn't one of them. */
const TABLES = `
  WITH RECURSIVE own AS (
    SELECT oid, relname::text AS name FROM pg_class
    WHERE relnamespace = current_schema()::text::regnamespace AND relkind IN ('r', 'p')
      AND NOT relispartition AND relname <> '_prisma_migrations'
  ), level AS (
    SELECT oid, 0 AS depth FROM own
    UNION SELECT f.conrelid, l.depth + 1 FROM level l JOIN pg_constraint f ON f.confrelid = l.oid
    WHERE f.contype = 'f' AND f.conrelid <> f.confrelid
  )
  SELECT o.name,
    (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
      FROM pg_attribute a WHERE a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    coalesce((SELECT json_agg(substring(pg_get_expr(p.relpartbound, p.oid) FROM '\\d{4}-\\d{2}') ORDER BY p.relname)
      FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid WHERE i.inhparent = o.oid), '[]') AS months
  FROM own o JOIN level l USING (oid) GROUP BY o.oid, o.name ORDER BY max(l.depth), o.name`;

export function tablesOf(tx: PlainTx): Promise<Table[]> {
  return tx.query<Table>(TABLES);
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** How values are written as text, the same in every session that writes or reads a backup. */
export const TEXT_FORM = `
  SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';
  SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex';
  SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0`;
