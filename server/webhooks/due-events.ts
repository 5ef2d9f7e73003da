import type { EventData, HappenedEvent } from "@/domain/events/cloud-event";
import type { EventType } from "@/domain/events/event-types";
import { openedEventSubject } from "@/server/events/outbox";
import { dataKeysOf } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";

/** A delivery that is due, and its event; null if that is no longer stored. */
export type DueRow = {
  delivery: { id: string; tries: number; until: Date | null; due: Date };
  event: HappenedEvent | null;
};

const EVENT = `e.id AS event, e.type, e.time, e.license, e.data, encode(e.subject, 'base64') AS subject`;
/** The oldest first. A store that was restored gives its positions again: the id proves that it is the same event. */
const DUE = {
  name: "webhook_due",
  text: `
SELECT d.id, d.tries, d.until, d.due_at AS due, ${EVENT}
FROM webhook_delivery d LEFT JOIN event e ON e.position = d.position AND e.id = d.event
WHERE d.webhook = $1 AND d.due_at <= $2 ORDER BY d.due_at LIMIT $3`,
};
const ONE = {
  name: "webhook_event",
  text: `SELECT ${EVENT} FROM event e WHERE e.position = $1 AND e.id = $2`,
};

type EventRow = {
  event: string;
  type: EventType;
  time: Date;
  license: string | null;
  data: EventData;
  /** Encrypted, in base64. */
  subject: string | null;
};
type Row = DueRow["delivery"] & (EventRow | { event: null });

/** The deliveries to one endpoint that are due, with their events. */
export async function dueEvents(webhook: string, now: Date, most: number): Promise<DueRow[]> {
  const rows = await store().sql.query<Row>(DUE, [webhook, now, most]);
  const keyOf = await keysOf(
    rows.flatMap((row) => (row.event === null || !row.subject ? [] : (row.license ?? []))),
  );
  return rows.map((row) => {
    const { id, tries, until, due } = row;
    return { delivery: { id, tries, until, due }, event: row.event === null ? null : happened(row, keyOf) };
  });
}

/** The event of a delivery; null if it is no longer stored. */
export async function deliveredEvent(position: bigint | null, id: string): Promise<HappenedEvent | null> {
  const [row] = await store().sql.query<EventRow>(ONE, [position, id]);
  return row ? happened(row, await keysOf(row.license ? [row.license] : [])) : null;
}

type KeyOf = (license: string) => Buffer | undefined;

async function keysOf(licenses: readonly string[]): Promise<KeyOf> {
  const keys = await dataKeysOf([...new Set(licenses)]);
  return (license) => keys.get(license)?.encryption;
}

function happened({ event: id, type, time, license, data, subject }: EventRow, keyOf: KeyOf): HappenedEvent {
  const key = license === null ? undefined : keyOf(license);
  const text = subject && key ? openedEventSubject(key, { license, id }, subject) : null;
  return { id, type, time, license, data, subject: text };
}
