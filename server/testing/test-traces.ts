import { store } from "@/server/store/store";

/** Every column of every table with the number, and how often. */
export async function tracesOf(number: string): Promise<string[]> {
  const { db } = store();
  const columns = await db.$queryRaw<{ place: string; table: string; column: string }[]>`
    SELECT table_name || '.' || column_name AS place, table_name AS "table", column_name AS "column"
    FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'text' ORDER BY 1`;
  const found: string[] = [];
  for (const { place, table, column } of columns) {
    const [row] = await db.$queryRawUnsafe<{ count: bigint }[]>(
      `SELECT count(*) FROM "${table}" WHERE "${column}" = $1`,
      number,
    );
    if (Number(row?.count) > 0) found.push(`${place} ${row?.count}`);
  }
  return found;
}
