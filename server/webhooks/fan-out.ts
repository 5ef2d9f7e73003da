import { uuidv7 } from "uuidv7";
import { isWanted } from "@/domain/webhooks/webhook";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";

const BATCH = 1000;

const BEHIND = {
  name: "webhook_behind",
  text: "SELECT c.position < h.position AS is_behind FROM webhook_cursor c, event_head h WHERE c.id = 1 AND h.id = 1",
};
/**
 * Nothing, if another server hands out events at the moment. The head is read before the endpoints are: whoever gets no
 * event up to it was created later.
 */
const LOCK = {
  name: "webhook_cursor_lock",
  text: `SELECT c.position, h.position AS head FROM webhook_cursor c, event_head h WHERE c.id = 1 AND h.id = 1
    FOR UPDATE OF c SKIP LOCKED`,
};
const ENDPOINTS = {
  name: "webhook_endpoints",
  text: "SELECT id, customer, types FROM webhook WHERE state IN ('active', 'paused')",
};
const EVENTS = {
  name: "webhook_events",
  text: `
SELECT e.position, e.id, e.type, l.customer_id AS customer
FROM event e LEFT JOIN license l ON l.number = e.license
WHERE e.position > $1 AND e.position <= $2 ORDER BY e.position LIMIT $3`,
};
const INSERT = {
  name: "webhook_deliveries",
  text: `
INSERT INTO webhook_delivery (id, webhook, event, position, type, created_at, due_at)
SELECT id, webhook, event, position, type, $2::timestamptz, $2::timestamptz
FROM json_to_recordset($1::json) AS d(id uuid, webhook uuid, event uuid, position bigint, type text)
ON CONFLICT (webhook, event) DO NOTHING`,
};
const MOVE = {
  name: "webhook_cursor_move",
  text: "UPDATE webhook_cursor SET position = greatest(position, $1) WHERE id = 1",
};

type Endpoint = { id: string; customer: string | null; types: string[] };
type EventRow = { position: number; id: string; type: string; customer: string | null };

/**
 * Makes a delivery of each event after the cursor for each endpoint that wants it, and moves the cursor in the same
 * transaction. Endpoints that are disabled get none, those that are paused get theirs later.
 */
export async function fanOut(now: Date, batch = BATCH): Promise<void> {
  const { sql } = store();
  const [row] = await sql.query<{ is_behind: boolean }>(BEHIND, []);
  if (!row?.is_behind) return;
  while ((await sql.transaction((tx) => handOut(tx, now, batch))) === batch);
}

/** Returns how many events were handed out. */
async function handOut(tx: Pick<Sql, "query">, now: Date, batch: number): Promise<number> {
  const [cursor] = await tx.query<{ position: number; head: number }>(LOCK, []);
  if (!cursor) return 0;
  const endpoints = await tx.query<Endpoint>(ENDPOINTS, []);
  if (endpoints.length === 0) {
    await tx.query(MOVE, [cursor.head]);
    return 0;
  }
  const events = await tx.query<EventRow>(EVENTS, [cursor.position, cursor.head, batch]);
  const last = events.at(-1);
  if (!last) return 0;
  const deliveries = events.flatMap((event) => deliveriesOf(event, endpoints));
  if (deliveries.length > 0) await tx.query(INSERT, [JSON.stringify(deliveries), now]);
  await tx.query(MOVE, [last.position]);
  return events.length;
}

function deliveriesOf({ id: event, position, type, customer }: EventRow, endpoints: readonly Endpoint[]) {
  return endpoints
    .filter((endpoint) => isWanted(endpoint, { type, customer }))
    .map((endpoint) => ({ id: uuidv7(), webhook: endpoint.id, event, position, type }));
}
