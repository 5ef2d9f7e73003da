import { type Month, parseMonth } from "@/domain/month";
import { perProcess } from "@/server/store/per-process";
import { store, type Tx } from "@/server/store/store";
import { sqlState } from "@/server/store/store-away";

/** The tables with a partition for each month. */
const PARTITIONED = ["usage_session", "session_total"] as const;
const LOCK = 5_143_707_202;
/** No partition takes the row. */
const CHECK_VIOLATION = "23514";

const known = () => perProcess("session-months", () => new Set<Month>());

/**
 * Runs work that writes sessions of these months, once their partitions exist. Another replica may have dropped a
 * partition that this one has seen: then it is created and the work runs once more.
 */
export async function withPartitions<T>(months: ReadonlySet<Month>, work: () => Promise<T>): Promise<T> {
  await createPartitions(months);
  try {
    return await work();
  } catch (error) {
    if (sqlState(error) !== CHECK_VIOLATION) throw error;
    for (const month of months) known().delete(month);
    await createPartitions(months);
    return work();
  }
}

/** Drops the partitions of the months before `first`. Returns the dropped months. */
export async function dropPartitions(first: Month): Promise<Month[]> {
  return store().db.$transaction(async (tx) => {
    await lock(tx);
    const months = (await partitionedMonths(tx)).filter((month) => month < first);
    for (const month of months)
      for (const table of PARTITIONED)
        await tx.$executeRawUnsafe(`DROP TABLE IF EXISTS ${nameOf(table, month)}`);
    for (const month of months) known().delete(month);
    return months;
  });
}

async function createPartitions(months: ReadonlySet<Month>): Promise<void> {
  const missing = [...months].filter((month) => !known().has(month));
  for (const month of missing.toSorted()) {
    await store().db.$transaction((tx) => createMonth(tx, month));
    known().add(month);
  }
}

/** The lock makes replicas take turns. A table that is attached, not created as a partition, blocks nobody who reads or writes. */
async function createMonth(tx: Tx, month: Month): Promise<void> {
  await lock(tx);
  if ((await partitionedMonths(tx)).includes(month)) return;
  for (const table of PARTITIONED) {
    const name = nameOf(table, month);
    await tx.$executeRawUnsafe(`CREATE TABLE ${name} (LIKE ${table} INCLUDING ALL)`);
    await tx.$executeRawUnsafe(`ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES IN ('${month}')`);
  }
}

async function lock(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCK}::bigint)`;
}

async function partitionedMonths(tx: Tx): Promise<Month[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = ${PARTITIONED[0]}::regclass ORDER BY c.relname`;
  return rows.map(({ name }) => `${name.slice(-6, -2)}-${name.slice(-2)}`);
}

/** A month is checked before it becomes a part of SQL. */
function nameOf(table: string, month: Month): string {
  if (!parseMonth(month)) throw new Error(`${month} is no month.`);
  return `${table}_${month.replace("-", "")}`;
}
