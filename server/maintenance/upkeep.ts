import { store } from "@/server/store/store";

type Changed = { name: string; isBloated: boolean };

/**
 * Removes dead rows of the embedded store and renews the statistics of its planner, table by table: once as many rows
 * of a table changed as autovacuum waits for by default, and if the table has no statistics. PGlite has no autovacuum:
 * without this the store only grows, and keeps the plans that fit its tables when they were empty.
 */
export async function keepUp(): Promise<void> {
  const { kind, db } = store();
  if (kind !== "embedded") return;
  const tables = await db.$queryRaw<Changed[]>`
    SELECT format('%I.%I', schemaname, s.relname) AS name, n_dead_tup > 50 + 0.2 * t.rows AS "isBloated"
    FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
      CROSS JOIN LATERAL (SELECT greatest(c.reltuples, 0) AS rows) t
    WHERE n_dead_tup > 50 + 0.2 * t.rows OR n_mod_since_analyze > 50 + 0.1 * t.rows
      OR (c.reltuples = -1 AND pg_relation_size(c.oid) > 0)
    ORDER BY name`;
  for (const { name, isBloated } of tables)
    await db.$executeRawUnsafe(isBloated ? `VACUUM (ANALYZE) ${name}` : `ANALYZE ${name}`);
}
