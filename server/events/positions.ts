import { EVENT_DAYS } from "@/domain/events/event-cursor";
import { DAY } from "@/domain/month";
import type { Sql } from "@/server/store/sql";
import { store, type Tx } from "@/server/store/store";
import { ON_TIMELINE, StoreWentBack } from "@/server/store/timeline";

/** The last position given, and the epoch of all positions. */
export type EventHead = { epoch: string; position: number };

/** How many events get their positions in one transaction. */
const BATCH = 1000;
/** The advisory lock of whoever gives positions. */
const RELAY_LOCK = 5_271_013;

const LOCK = { name: "event_lock", text: "SELECT pg_try_advisory_xact_lock($1::bigint) AS is_ours" };
const READ_HEAD = {
  name: "event_head",
  text: `SELECT epoch, position, EXISTS (SELECT FROM event_outbox) AS is_waiting, ${ON_TIMELINE} AS on_timeline
    FROM event_head WHERE id = 1`,
};
/**
 * Gives the next positions to events that are committed. One that commits later gets a later position, whatever its
 * id; so does one whose row the removal of its license holds: waiting for it could be a deadlock. Events of temporary
 * copies, and those past the time that events are kept, get none.
 */
const NUMBER = {
  name: "event_number",
  text: `
WITH waiting AS (
  DELETE FROM event_outbox WHERE id = ANY (
    ARRAY(SELECT id FROM event_outbox ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)) AND ${ON_TIMELINE}
  RETURNING id, type, time, license, data, subject
), kept AS (
  SELECT w.*, row_number() OVER (ORDER BY w.id) AS nth FROM waiting w
  WHERE w.time > $2::timestamptz
    AND NOT EXISTS (SELECT FROM license l WHERE l.number = w.license AND l.copy_of IS NOT NULL)
), moved AS (
  UPDATE event_head SET position = position + (SELECT count(*) FROM kept) WHERE id = 1 RETURNING epoch, position
), numbered AS (
  INSERT INTO event (position, id, type, time, license, data, subject)
  SELECT moved.position - (SELECT count(*) FROM kept) + nth, id, type, time, license, data, subject FROM kept, moved
)
SELECT epoch, position, (SELECT count(*) FROM waiting) AS taken FROM moved`,
};

export function isSameHead(one: EventHead, other: EventHead): boolean {
  return one.epoch === other.epoch && one.position === other.position;
}

/** After a restore, positions may mean other events than before: readers start again. */
export async function beginEventEpoch(tx: Tx, epoch: string): Promise<void> {
  await tx.eventHead.updateMany({ data: { epoch } });
}

type HeadRow = EventHead & { is_waiting: boolean; on_timeline: boolean };

/**
 * Gives positions to the events that wait, unless another server is doing so, and returns the last one. Throws
 * `StoreWentBack`.
 */
export async function numberEvents(now: Date, batch = BATCH): Promise<EventHead> {
  const [row] = await store().sql.query<HeadRow>(READ_HEAD, []);
  if (!row) throw new Error("The store has no head of events.");
  const { epoch, position, is_waiting, on_timeline } = row;
  if (!on_timeline) throw new StoreWentBack({ by: "timeline" });
  if (!is_waiting) return { epoch, position };
  return (await numberAll(now, batch)) ?? { epoch, position };
}

/** Null if another server is doing it. */
async function numberAll(now: Date, batch: number): Promise<EventHead | null> {
  const from = new Date(now.getTime() - EVENT_DAYS * DAY);
  let head: EventHead | null = null;
  for (;;) {
    const numbered = await store().sql.transaction((tx) => numberSome(tx, from, batch));
    if (!numbered) return head;
    head = { epoch: numbered.epoch, position: numbered.position };
    if (numbered.taken < batch) return head;
  }
}

async function numberSome(tx: Pick<Sql, "query">, from: Date, batch: number) {
  const [lock] = await tx.query<{ is_ours: boolean }>(LOCK, [RELAY_LOCK]);
  if (!lock?.is_ours) return null;
  const [row] = await tx.query<EventHead & { taken: number }>(NUMBER, [batch, from]);
  return row ?? null;
}
