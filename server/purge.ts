import { DAY } from "@/domain/month";
import { TOMBSTONE_DAYS } from "@/domain/sync";
import { LOCK_ROSTER } from "./assignment-statements";
import { store } from "./store";

const REJECTION_DAYS = 30;
const IDEMPOTENCY_DAYS = 1;

const DUE = {
  name: "purge_due",
  text: "SELECT DISTINCT license FROM assignment WHERE deleted IS NOT NULL AND deleted <= $1 ORDER BY license",
};
const PURGE = {
  name: "purge_tombstones",
  text: `
WITH gone AS (DELETE FROM assignment WHERE license = $1 AND deleted IS NOT NULL AND deleted <= $2 RETURNING version)
UPDATE roster SET horizon = greatest(horizon, (SELECT max(version) FROM gone))
WHERE license = $1 AND EXISTS (SELECT FROM gone)`,
};

/** Removes what has had its time, however long ago that was. Running it twice, or in two replicas, changes nothing more. */
export async function purge(now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY);
  await purgeTombstones(before(TOMBSTONE_DAYS));
  const { db } = store();
  await db.rejection.deleteMany({ where: { lastAt: { lte: before(REJECTION_DAYS) } } });
  await db.idempotentReport.deleteMany({ where: { at: { lte: before(IDEMPOTENCY_DAYS) } } });
}

/** Under each roster's lock, which raises its horizon: a base below that needs a full snapshot. */
async function purgeTombstones(cutoff: Date): Promise<void> {
  const { sql } = store();
  for (const { license } of await sql.query<{ license: string }>(DUE, [cutoff])) {
    await sql.transaction(async (tx) => {
      await tx.query(LOCK_ROSTER, [license]);
      await tx.query(PURGE, [license, cutoff]);
    });
  }
}
