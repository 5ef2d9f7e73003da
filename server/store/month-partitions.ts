import { type Month, parseMonth } from "@/domain/month";

/**
 * The statements that give a table a partition for a month. A table that is attached, not created as a partition,
 * blocks nobody who reads or writes.
 */
export function partitionOf(table: string, month: Month): string[] {
  const name = partitionName(table, month);
  return [
    `CREATE TABLE ${name} (LIKE ${table} INCLUDING ALL)`,
    `ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES IN ('${month}')`,
  ];
}

/** A month is checked before it becomes a part of SQL. */
export function partitionName(table: string, month: Month): string {
  if (!parseMonth(month)) throw new Error(`${month} is no month.`);
  return `${table}_${month.replace("-", "")}`;
}
