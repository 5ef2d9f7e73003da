import { uuidv7 } from "uuidv7";
import type { EventData } from "@/domain/events/cloud-event";
import type { EventType } from "@/domain/events/event-types";
import { dataKeys } from "@/server/secrets/data-keys";
import { decrypt, type EncryptionKeys, encrypt } from "@/server/secrets/encryption";
import type { Sql } from "@/server/store/sql";

/** An event to write. `data` names no user: that is the `subject`, which is encrypted with the license's key. */
export type NewEvent = { type: EventType; data: EventData } & (
  | { license: string; subject?: string }
  | { license?: undefined; subject?: undefined }
);

/** A row of the outbox; the subject is encrypted, in base64. */
export type OutboxRow = {
  id: string;
  type: EventType;
  time: Date;
  license: string | null;
  data: EventData;
  subject: string | null;
};

/** Appends the rows that the JSON parameter has, as `OutboxRow`. */
export function insertEvents(parameter: string): string {
  return `
  INSERT INTO event_outbox (id, type, time, license, data, subject)
  SELECT id, type, time, license, data, decode(subject, 'base64') FROM json_to_recordset(${parameter}::json)
    AS e(id uuid, type text, time timestamptz, license text, data jsonb, subject text)`;
}

/**
 * Appends events. The parameters from `first` on are the values of `eventColumns`; `more` are other rows with the same
 * columns.
 */
export function insertEventColumns(first: number, more: string): string {
  const types = ["uuid", "text", "timestamptz", "text", "jsonb", "text"];
  const arrays = types.map((type, index) => `$${first + index}::${type}[]`);
  return `
  INSERT INTO event_outbox (id, type, time, license, data, subject)
  SELECT id, type, time, license, data, decode(subject, 'base64')
  FROM (SELECT * FROM unnest(${arrays.join(", ")}) AS e(id, type, time, license, data, subject) UNION ALL ${more}) e`;
}

export function eventColumns(rows: readonly OutboxRow[]): unknown[] {
  return [
    rows.map(({ id }) => id),
    rows.map(({ type }) => type),
    rows.map(({ time }) => time.toISOString()),
    rows.map(({ license }) => license),
    rows.map(({ data }) => JSON.stringify(data)),
    rows.map(({ subject }) => subject),
  ];
}

/** A new UUID version 7 for an event that a statement makes itself; `time` is the current time. */
export function newEventId(time: string): string {
  const milliseconds = `int8send(floor(extract(epoch FROM ${time}) * 1000)::bigint)`;
  const random = "uuid_send(gen_random_uuid())";
  // A random UUID has version 4: two more bits make that 7.
  return `encode(set_bit(set_bit(overlay(${random} PLACING substring(${milliseconds} FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid`;
}

const WRITE = { name: "event_write", text: insertEvents("$1") };

/** Writes events in the caller's transaction. Readers get them once they are committed and numbered. */
export async function writeEvents(
  sql: Pick<Sql, "query">,
  now: Date,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = await Promise.all(events.map((event) => rowOf(sql, now, event)));
  await sql.query(WRITE, [JSON.stringify(rows)]);
}

async function rowOf(sql: Pick<Sql, "query">, now: Date, event: NewEvent): Promise<OutboxRow> {
  const { type, license, data } = event;
  const row = { id: uuidv7(), type, time: now, license: license ?? null, data, subject: null };
  if (license === undefined || event.subject === undefined) return row;
  const { encryption } = await dataKeys(license, sql);
  return { ...row, subject: encryptedEventSubject(encryption, license, row.id, event.subject) };
}

/** The subject of an event in base64, encrypted for its row. */
export function encryptedEventSubject(
  keys: EncryptionKeys,
  license: string,
  id: string,
  subject: string,
): string {
  return encrypt(keys, Buffer.from(subject), eventContext(license, id)).toString("base64");
}

/** Decrypts the result of `encryptedEventSubject`. */
export function openedEventSubject(
  keys: EncryptionKeys,
  { license, id }: { license: string | null; id: string },
  subject: string,
): string {
  return decrypt(keys, Buffer.from(subject, "base64"), eventContext(license ?? "", id)).toString();
}

/** The context to which the encrypted subject of an event is bound. */
export const eventContext = (license: string, id: string) => `event|subject|${license}|${id}`;
