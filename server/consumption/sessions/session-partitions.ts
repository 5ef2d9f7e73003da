import type { Month } from "@/domain/month";
import { partitionName, partitionOf } from "@/server/store/month-partitions";
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
        await tx.$executeRawUnsafe(`DROP TABLE IF EXISTS ${partitionName(table, month)}`);
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

/** The lock makes replicas take turns. */
async function createMonth(tx: Tx, month: Month): Promise<void> {
  await lock(tx);
  if ((await partitionedMonths(tx)).includes(month)) return;
  for (const table of PARTITIONED)
    for (const statement of partitionOf(table, month)) await tx.$executeRawUnsafe(statement);
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
