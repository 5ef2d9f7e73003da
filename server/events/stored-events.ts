import type { HappenedEvent } from "@/domain/events/cloud-event";
import type { EventRange } from "@/domain/events/event-cursor";
import type { EventType } from "@/domain/events/event-types";
import { rightOf } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { dataKeysOf } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { ON_TIMELINE, StoreWentBack } from "@/server/store/timeline";
import { openedEventSubject } from "./outbox";
import type { EventHead } from "./positions";

/** An event with its position, and the customer of its license; null if the license is gone. */
export type StoredEvent = HappenedEvent & { position: number; customer: string | null };

type Row = Omit<StoredEvent, "time"> & { time: string };
type OnTimeline = { on_timeline: boolean };

/** How many positions one statement looks at for a principal who sees only some of them. */
const WINDOW = 5000;

const COLUMNS = `e.position, e.id, e.type, e.time, e.license, l.customer_id AS customer, e.data,
  encode(e.subject, 'base64') AS subject`;
const EVENTS = "event e LEFT JOIN license l ON l.number = e.license";

const BETWEEN = {
  name: "event_between",
  text: `SELECT json_agg(e) AS events FROM (
    SELECT ${COLUMNS} FROM ${EVENTS} WHERE e.position > $1 AND e.position <= $2 ORDER BY e.position) e`,
};
const RANGE = {
  name: "event_range",
  text: `SELECT epoch, position, coalesce((SELECT min(position) FROM event), position + 1) AS oldest,
    ${ON_TIMELINE} AS on_timeline FROM event_head WHERE id = 1`,
};

/** Reads events after $1 that are of the types $3, at most $2, and the head at that moment. */
const readSome = (name: string, condition: string) => ({
  name,
  text: `SELECT h.epoch, h.position, ${ON_TIMELINE} AS on_timeline, (SELECT json_agg(e) FROM (
      SELECT ${COLUMNS} FROM ${EVENTS}
      WHERE e.position > $1 AND ($3::text[] IS NULL OR e.type = ANY ($3)) AND ${condition}
      ORDER BY e.position LIMIT $2) e) AS events
    FROM event_head h WHERE h.id = 1`,
});
const OF_LICENSE = readSome("event_of_license", "e.license = $4");
const OF_CUSTOMERS = readSome(
  "event_of_customers",
  `e.position <= $1::bigint + ${WINDOW} AND ($4::uuid[] IS NULL OR l.customer_id = ANY ($4)) AND ($5 OR e.license IS NOT NULL)`,
);

/** The events that a reader wants, beside those that it may see. */
export type Wanted = { types: readonly EventType[] | null; limit: number };

/** Events after a position. `through` is how far was looked, `head` the end at that moment. */
export type EventSlice = { events: StoredEvent[]; through: number; head: EventHead };

/** The positions that can be read. Throws `StoreWentBack`. */
export async function eventRange(): Promise<EventRange> {
  const [row] = await store().sql.query<EventRange & OnTimeline>(RANGE, []);
  return present(row);
}

/** Every event between two positions, the second one included. */
export async function readBetween(after: number, through: number): Promise<StoredEvent[]> {
  const [row] = await store().sql.query<{ events: Row[] | null }>(BETWEEN, [after, through]);
  return opened(row?.events ?? []);
}

/** The next events after a position that a principal may see. Throws `StoreWentBack`. */
export async function readAfter(
  principal: Principal,
  after: number,
  { types, limit }: Wanted,
): Promise<EventSlice> {
  const { license, customers } = principal;
  const wanted = [after, limit, types];
  const [statement, scope] =
    license === null ? [OF_CUSTOMERS, [customers, seesInstallation(principal)]] : [OF_LICENSE, [license]];
  const rows = await store().sql.query<EventHead & OnTimeline & { events: Row[] | null }>(statement, [
    ...wanted,
    ...scope,
  ]);
  const { epoch, position, events } = present(rows[0]);
  const found = events ?? [];
  const end = license === null ? Math.min(position, after + WINDOW) : position;
  const through = (found.length === limit && found.at(-1)?.position) || end;
  const seen = (await opened(found)).filter((event) => isInReach(principal, event));
  return { events: seen, through: Math.max(through, after), head: { epoch, position } };
}

/** Whether a principal may see an event. */
export function isInReach(principal: Principal, { license, customer }: StoredEvent): boolean {
  if (principal.license !== null && principal.license !== license) return false;
  if (license === null) return seesInstallation(principal);
  return principal.customers === null || (customer !== null && principal.customers.includes(customer));
}

function seesInstallation({ role, customers, license }: Principal): boolean {
  return customers === null && license === null && rightOf(role, "installation-audit.read") === "yes";
}

function present<Found extends OnTimeline>(row: Found | undefined): Found {
  if (!row) throw new Error("The store has no head of events.");
  if (!row.on_timeline) throw new StoreWentBack({ by: "timeline" });
  return row;
}

/** A row of an event, whose subject is encrypted, in base64. */
type Encrypted = { id: string; license: string | null; subject: string | null };

/** Events with their subjects decrypted; null for one whose license is gone. */
export async function withSubjects<Row extends Encrypted>(rows: readonly Row[]): Promise<Row[]> {
  const encrypted = rows.flatMap(({ license, subject }) => (license && subject !== null ? [license] : []));
  const keys = await dataKeysOf([...new Set(encrypted)]);
  return rows.map((row) => {
    const key = row.license && keys.get(row.license);
    const subject = key && row.subject !== null ? openedEventSubject(key.encryption, row, row.subject) : null;
    return { ...row, subject };
  });
}

async function opened(rows: readonly Row[]): Promise<StoredEvent[]> {
  return (await withSubjects(rows)).map((row) => ({ ...row, time: new Date(row.time) }));
}
