import type { HappenedEvent } from "@/domain/events/cloud-event";
import { withSubjects } from "@/server/events/stored-events";
import { store } from "@/server/store/store";

/** A delivery that is due, and its event; null if that is no longer stored. */
export type DueRow = {
  delivery: { id: string; tries: number; until: Date | null; due: Date };
  event: HappenedEvent | null;
};

const EVENT = `e.id, e.type, e.time, e.license, e.data, encode(e.subject, 'base64') AS subject`;
/** The oldest first. A store that was restored gives its positions again: the id proves that it is the same event. */
const DUE = {
  name: "webhook_due",
  text: `
SELECT d.id AS delivery, d.tries, d.until, d.due_at AS due, ${EVENT}
FROM webhook_delivery d LEFT JOIN event e ON e.position = d.position AND e.id = d.event
WHERE d.webhook = $1 AND d.due_at <= $2 ORDER BY d.due_at LIMIT $3`,
};
const ONE = {
  name: "webhook_event",
  text: `SELECT ${EVENT} FROM event e WHERE e.position = $1 AND e.id = $2`,
};

type Row = { delivery: string; tries: number; until: Date | null; due: Date } & (
  | HappenedEvent
  | { id: null }
);

/** The deliveries to one endpoint that are due, with their events. */
export async function dueEvents(webhook: string, now: Date, most: number): Promise<DueRow[]> {
  const rows = await store().sql.query<Row>(DUE, [webhook, now, most]);
  const events = await withSubjects(rows.flatMap((row) => (row.id === null ? [] : [happened(row)])));
  const byId = new Map(events.map((event) => [event.id, event]));
  return rows.map(({ delivery, tries, until, due, id }) => ({
    delivery: { id: delivery, tries, until, due },
    event: (id && byId.get(id)) || null,
  }));
}

/** The event of a delivery; null if it is no longer stored. */
export async function deliveredEvent(position: bigint | null, id: string): Promise<HappenedEvent | null> {
  const rows = await store().sql.query<HappenedEvent>(ONE, [position, id]);
  const [event = null] = await withSubjects(rows);
  return event;
}

function happened({ id, type, time, license, data, subject }: HappenedEvent): HappenedEvent {
  return { id, type, time, license, data, subject };
}
