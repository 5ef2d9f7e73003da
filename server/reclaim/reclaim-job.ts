import { UNDO_DAYS } from "@/domain/reclaim/reclaim-rule";
import { log } from "@/server/store/log";
import { store } from "@/server/store/store";
import { announceDue } from "./announcing";
import { daysAgo } from "./known-uses";
import { rulesThatAreOn } from "./reclaim-rules";
import { releaseRun, runsToRelease } from "./releasing";

/** How long runs are shown. */
const KEPT_DAYS = 400;

/**
 * Announces what is due, releases what was announced and whose notice has passed, and forgets the users whose seats
 * can't be restored any more. It may run at any moment, twice and on several servers; each run is a transaction of its
 * own, so that one that fails keeps no other from its turn.
 */
export async function reclaim(now: Date): Promise<void> {
  const failed: unknown[] = [];
  for (const rule of await rulesThatAreOn()) await tried(failed, () => announceDue(rule, now));
  for (const run of await runsToRelease(now)) await tried(failed, () => releaseRun(run, now));
  await forget(now);
  if (failed.length > 0) throw new AggregateError(failed, "Some seats weren't announced or released.");
}

async function tried(failed: unknown[], work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    log().warn({ reason: error instanceof Error ? error.message : String(error) }, "a reclaim run failed");
    failed.push(error);
  });
}

async function forget(now: Date): Promise<void> {
  const { db } = store();
  await db.$executeRaw`
    UPDATE reclaim_seat s SET subject = NULL FROM reclaim_run r
    WHERE r.id = s.run AND r.state = 'released' AND r.ended_at < ${daysAgo(UNDO_DAYS, now)} AND s.subject IS NOT NULL`;
  const old = await db.reclaimRun.findMany({
    where: { state: { not: "announced" }, releaseAt: { lt: daysAgo(KEPT_DAYS, now) } },
    select: { id: true },
  });
  for (const { id } of old)
    await db.$transaction([
      db.reclaimSeat.deleteMany({ where: { run: id } }),
      db.reclaimRun.deleteMany({ where: { id } }),
    ]);
}
