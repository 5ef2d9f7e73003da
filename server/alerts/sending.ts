import { uuidv7 } from "uuidv7";
import { type Env, env } from "@/server/store/env";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { sendAlertMail } from "./alert-mail";
import type { Batch, SendResult } from "./batch";
import { sendToChannel } from "./channel-posts";

type Due = Pick<Batch, "medium" | "recipient"> & {
  id: string;
  alert: string;
  batch: string | null;
  attempts: number;
};
type Claimed = Due & { batch: string };

/** A server that claimed a message and didn't end it within this time is gone. */
const CLAIM_MS = 120_000;
/** How long one look sends at most: then alerts are evaluated again. */
const SENDING_MS = 60_000;
const MOST = 1000;
/** With these, a message that can't be sent is given up after about three days. */
const MOST_ATTEMPTS = 20;
const LONGEST_WAIT_MINUTES = 360;

const DUE = {
  name: "alert_due",
  text: `
SELECT id, alert, medium, recipient, batch, attempts FROM alert_delivery
WHERE ended_at IS NULL AND due_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)
ORDER BY recipient, id LIMIT $2 FOR UPDATE SKIP LOCKED`,
};
const CLAIM = {
  name: "alert_claim",
  text: `
UPDATE alert_delivery d SET batch = c.batch, attempts = d.attempts + 1, claimed_until = $2
FROM json_to_recordset($1::json) AS c(id uuid, batch uuid) WHERE d.id = c.id`,
};
const END = {
  name: "alert_end_delivery",
  text: "UPDATE alert_delivery SET ended_at = $2, outcome = $3 WHERE batch = $1 AND ended_at IS NULL",
};
const POSTPONE = {
  name: "alert_postpone",
  text: "UPDATE alert_delivery SET due_at = $2, claimed_until = NULL WHERE batch = $1 AND ended_at IS NULL",
};

/**
 * Sends what is due, one message for each recipient. Servers that run at once share the messages. One that stops
 * between a mail server's answer and its own note sends the same message again, with the same Message-ID.
 */
export async function sendAlerts(now: Date, settings: Env = env()): Promise<void> {
  const begun = performance.now();
  for (let ms = 0; ms < SENDING_MS; ms = performance.now() - begun) {
    const at = new Date(now.getTime() + ms);
    const batches = batchesOf(await store().sql.transaction((tx) => claim(tx, at)));
    if (batches.length === 0) return;
    for (const { attempts, ...batch } of batches)
      await end(batch, attempts, await send(batch, settings, now), now);
  }
}

/** Claims the messages of one recipient: those of many could take longer to send than a claim lasts. */
async function claim(tx: Pick<Sql, "query">, now: Date): Promise<Claimed[]> {
  const found = await tx.query<Due>(DUE, [now, MOST]);
  const due = found.filter(
    ({ medium, recipient }) => medium === found[0]?.medium && recipient === found[0].recipient,
  );
  if (due.length === 0) return [];
  const fresh = uuidv7();
  const claimed = due.map((row) => ({ ...row, batch: row.batch ?? fresh }));
  const until = new Date(now.getTime() + CLAIM_MS);
  await tx.query(CLAIM, [JSON.stringify(claimed.map(({ id, batch }) => ({ id, batch }))), until]);
  return claimed;
}

function batchesOf(claimed: readonly Claimed[]): (Batch & { attempts: number })[] {
  const batches = new Map<string, Batch & { attempts: number }>();
  for (const { batch: id, medium, recipient, alert, attempts } of claimed) {
    const batch = batches.get(id) ?? { id, medium, recipient, alerts: [], attempts: 0 };
    batches.set(id, {
      ...batch,
      alerts: [...batch.alerts, alert],
      attempts: Math.max(batch.attempts, attempts + 1),
    });
  }
  return [...batches.values()];
}

function send(batch: Batch, settings: Env, now: Date): Promise<SendResult> {
  return batch.medium === "mail" ? sendAlertMail(batch, settings) : sendToChannel(batch, settings, now);
}

async function end({ id }: Batch, attempts: number, result: SendResult, now: Date): Promise<void> {
  const { sql } = store();
  if (result !== "failed" || attempts >= MOST_ATTEMPTS) await sql.query(END, [id, now, result]);
  else await sql.query(POSTPONE, [id, new Date(now.getTime() + waitMinutes(attempts) * 60_000)]);
}

function waitMinutes(attempts: number): number {
  return Math.min(2 ** (attempts - 1), LONGEST_WAIT_MINUTES);
}
