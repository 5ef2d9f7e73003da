import { changedMeanwhile } from "@/domain/undo";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { lockLicense } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { runRow } from "./run-rows";

/** Cancels an announced release; its seats stay until a later run announces them again. */
export async function cancelRun(license: string, id: string, actor: Actor, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    const run = await runRow(tx, license, id);
    if (run.state === "cancelled") return;
    if (run.state !== "announced") throw changedMeanwhile();
    await cancel(tx, { license, id }, actor, now);
  });
}

/** Cancels everything that the rule of an allotment announced, under the license's lock. */
export async function cancelOpenRuns(
  tx: Tx,
  place: { license: string; allotment: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const where = { ...place, state: "announced" };
  for (const { id } of await tx.reclaimRun.findMany({ where, orderBy: { id: "asc" } }))
    await cancel(tx, { license: place.license, id }, actor, now);
}

async function cancel(
  tx: Tx,
  { license, id }: { license: string; id: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const run = await tx.reclaimRun.update({ where: { id }, data: { state: "cancelled", endedAt: now } });
  const details = { allotment: run.allotment, seats: run.seats };
  await recordEvents(tx, license, actor, now, [{ action: "reclaim.cancelled", object: id, details }]);
}
