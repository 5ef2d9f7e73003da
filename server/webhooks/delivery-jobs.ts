import { setMaxListeners } from "node:events";
import { setTimeout } from "node:timers/promises";
import type PgBoss from "pg-boss";
import { noteFailure } from "@/server/store/failures";
import { log } from "@/server/store/log";
import { store } from "@/server/store/store";
import { deliverTurn } from "./delivery-turn";

/** One job is a turn of one endpoint. It isn't retried: the next look at what is due queues another. */
export const DELIVERY_QUEUE = {
  name: "webhook-delivery",
  retryLimit: 0,
  expireInSeconds: 120,
  retentionMinutes: 60,
};

const LOOK_MS = 1000;
/** So many endpoints are delivered to at the same time by one process. */
const WORKERS = 8;
const POLL_SECONDS = 2;
/** After this time a job that was lost is queued again. */
const QUEUED_MS = 30_000;

/** Marks the endpoints that have something due and no job, and returns them. */
const QUEUE = {
  name: "webhook_queue",
  text: `
UPDATE webhook w SET queued_until = $2
WHERE w.state = 'active' AND (w.queued_until IS NULL OR w.queued_until <= $1)
  AND (w.turn_until IS NULL OR w.turn_until <= $1) AND (w.rest_until IS NULL OR w.rest_until <= $1)
  AND EXISTS (SELECT FROM webhook_delivery d WHERE d.webhook = w.id AND d.due_at <= $1)
RETURNING w.id`,
};

type Clock = () => Date;

/** Looks every second for what is due, and works on the jobs of any server. Returns how to stop, which cuts requests off. */
export async function startDeliveries(boss: PgBoss, clock: Clock): Promise<() => Promise<void>> {
  const ending = new AbortController();
  setMaxListeners(0, ending.signal); // each request that runs is one
  const work = async ([job]: PgBoss.Job<{ webhook: string }>[]) => {
    if (!job) return;
    // A job that fails says so nowhere. Its turn lasts until others may take it: so long is the wait after a failure.
    await deliverTurn(job.data.webhook, { clock, ending: ending.signal }).catch((error: unknown) =>
      noteFailure(error, {}),
    );
    await boss.deleteJob(DELIVERY_QUEUE.name, job.id);
  };
  const options = { pollingIntervalSeconds: POLL_SECONDS };
  const workers = await Promise.all(
    Array.from({ length: WORKERS }, () => boss.work<{ webhook: string }>(DELIVERY_QUEUE.name, options, work)),
  );
  const looking = look(ending.signal, async () => {
    if (await queueTurns(boss, clock())) for (const worker of workers) boss.notifyWorker(worker);
  });
  return async () => {
    ending.abort();
    await looking;
  };
}

/** Queues a job for each endpoint that has something due. Returns whether there was any. */
async function queueTurns(boss: PgBoss, now: Date): Promise<boolean> {
  const due = await endpointsDue(now);
  if (due.length === 0) return false;
  await boss.insert(due.map((webhook) => ({ name: DELIVERY_QUEUE.name, data: { webhook } })));
  return true;
}

/** The endpoints that need a job now; each is returned once until the job begins or counts as lost. */
export async function endpointsDue(now: Date): Promise<string[]> {
  const rows = await store().sql.query<{ id: string }>(QUEUE, [now, new Date(now.getTime() + QUEUED_MS)]);
  return rows.map(({ id }) => id);
}

async function look(signal: AbortSignal, at: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await at().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      log().warn({ reason }, "webhooks can't be delivered at the moment");
    });
    await setTimeout(LOOK_MS, null, { signal }).catch(() => {});
  }
}
