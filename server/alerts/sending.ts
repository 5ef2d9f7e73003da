import { uuidv7 } from "uuidv7";
import { type Env, env } from "@/server/store/env";
import type { Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { sendAlertMail } from "./alert-mail";
import type { Batch, SendResult } from "./batch";

type Due = Pick<Batch, "medium" | "recipient"> & {
  id: string;
  alert: string;
  batch: string | null;
  attempts: number;
};
type Claimed = Due & { batch: string };

/** A server that claimed a message and didn't end it within this time is gone. */
const CLAIM_MS = 120_000;
const MOST = 10_000;
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
  const claimed = await store().sql.transaction((tx) => claim(tx, now));
  for (const { attempts, ...batch } of batchesOf(claimed))
    await end(batch, attempts, await sendAlertMail(batch, settings), now);
}

async function claim(tx: Pick<Sql, "query">, now: Date): Promise<Claimed[]> {
  const due = await tx.query<Due>(DUE, [now, MOST]);
  if (due.length === 0) return [];
  const fresh = new Map<string, string>();
  const claimed = due.map((row) => {
    const recipient = `${row.medium} ${row.recipient}`;
    const batch = row.batch ?? fresh.get(recipient) ?? uuidv7();
    if (row.batch === null) fresh.set(recipient, batch);
    return { ...row, batch };
  });
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

async function end({ id }: Batch, attempts: number, result: SendResult, now: Date): Promise<void> {
  const { sql } = store();
  if (result !== "failed" || attempts >= MOST_ATTEMPTS) await sql.query(END, [id, now, result]);
  else await sql.query(POSTPONE, [id, new Date(now.getTime() + waitMinutes(attempts) * 60_000)]);
}

function waitMinutes(attempts: number): number {
  return Math.min(2 ** (attempts - 1), LONGEST_WAIT_MINUTES);
}
