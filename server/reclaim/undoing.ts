import type { PatchResults } from "@/domain/assignments/assignment";
import { DAY } from "@/domain/month";
import { UNDO_DAYS } from "@/domain/reclaim/reclaim-rule";
import { Refusal } from "@/domain/refusals/refusal";
import { changedMeanwhile } from "@/domain/undo";
import type { Actor } from "@/server/access/actor";
import { type SeatsUndone, undoSeats } from "@/server/assignments/undo/seat-undo";
import { appendEvents } from "@/server/audit/audit";
import { dataKeys } from "@/server/secrets/data-keys";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { openedUser } from "./released-users";
import { runRow } from "./run-rows";

const NOTE = {
  name: "reclaim_note_undo",
  text: `
UPDATE reclaim_seat s SET restored_as = e.instance, restored_at = $2
FROM json_to_recordset($3::json) AS e(version bigint, instance bigint)
WHERE s.run = $1::uuid AND s.version = e.version AND s.restored_as IS NULL`,
};
const END = {
  name: "reclaim_end_undo",
  text: "UPDATE reclaim_run SET undone_at = coalesce(undone_at, $2) WHERE id = $1",
};

/**
 * Restores the seats that a run released, as far as units are free; whoever has a seat again keeps that one. It can be
 * repeated for the others. Refused after 7 days, since the users are forgotten then.
 */
export async function undoRun(license: string, id: string, actor: Actor, now: Date): Promise<SeatsUndone> {
  const { state, endedAt, allotment, live } = await runRow(store().db, license, id);
  if (state !== "released" || !endedAt) throw changedMeanwhile();
  if (now.getTime() > endedAt.getTime() + UNDO_DAYS * DAY) throw over();
  const keys = await dataKeys(license);
  const seats = await store().db.reclaimSeat.findMany({
    where: { run: id, result: "released", restoredAt: null, subject: { not: null } },
    orderBy: { instance: "asc" },
  });
  const inverses = seats.flatMap(({ instance: seat, version, subject }) => {
    if (version === null || subject === null) return [];
    const instance = String(seat);
    const user = openedUser(keys, { license, run: id, instance }, subject);
    return [{ restore: { instance, version: Number(version), allotment, subject: user, live: live ?? 0 } }];
  });
  if (inverses.length === 0) throw changedMeanwhile();
  const alongside = (tx: Pick<Sql, "query">, outcome: PatchResults) =>
    noteUndo(tx, { license, id, allotment }, outcome, actor, now);
  return undoSeats(inverses, { license, actor, now }, { alongside });
}

async function noteUndo(
  tx: Pick<Sql, "query">,
  { license, id, allotment }: { license: string; id: string; allotment: string },
  { changes }: PatchResults,
  actor: Actor,
  now: Date,
): Promise<void> {
  const restored = changes.flatMap(({ kind, row: { instance }, reverses: version }) =>
    kind === "add" && version !== undefined ? [{ version, instance }] : [],
  );
  if (restored.length === 0) return;
  await tx.query(NOTE, [id, now, JSON.stringify(restored)]);
  await tx.query(END, [id, now]);
  const details = { allotment, seats: restored.length };
  await appendEvents(tx, license, actor, now, [{ action: "reclaim.undone", object: id, details }]);
}

function over(): Refusal {
  return new Refusal("UNDO_OVER", `Nothing was restored. A release can be undone for ${UNDO_DAYS} days.`);
}
