import PgBoss from "pg-boss";
import { keepCheckpoints } from "@/server/checkpoints/checkpoints";
import { rotateKeys } from "@/server/key-rotation/key-rotation";
import { removeEndedCopies } from "@/server/licenses/license-copies";
import { reclaim } from "@/server/reclaim/reclaim-job";
import { removeRevoked } from "@/server/scim/connections";
import { settleAll } from "@/server/scim/settling";
import { log } from "@/server/store/log";
import { store } from "@/server/store/store";
import { DELIVERY_QUEUE, startDeliveries } from "@/server/webhooks/delivery-jobs";
import { checkStore } from "./check-job";
import { purge } from "./purge";
import { keepUp } from "./upkeep";

/** Each job may run twice and at any moment; `schedule` is a cron expression in UTC. */
const JOBS = [
  { name: "purge", schedule: "7 * * * *", run: purge },
  { name: "license-copies", schedule: "*/5 * * * *", run: removeEndedCopies },
  { name: "reclaim", schedule: "*/10 * * * *", run: reclaim },
  { name: "check", schedule: "23 * * * *", run: checkStore },
  { name: "checkpoints", schedule: "41 * * * *", run: (now: Date) => keepCheckpoints(now) },
  { name: "key-rotation", schedule: "* * * * *", run: (now: Date) => rotateKeys(now) },
  { name: "upkeep", schedule: "* * * * *", run: keepUp },
  { name: "scim", schedule: "* * * * *", run: keepScim },
];
const POLL_SECONDS = 30;

/** Scheduled work: each job runs once across all replicas, and once at the start for work that a downtime left undone. */
export async function startJobs(clock: () => Date): Promise<() => Promise<void>> {
  const boss = new PgBoss({ ...store().jobs, maintenanceIntervalSeconds: 300 });
  boss.on("error", (error) => log().warn({ reason: error.message }, "the job queue can't reach the store"));
  await boss.start();
  await createQueues(boss);
  for (const { name, schedule, run } of JOBS) {
    await boss.work(name, { pollingIntervalSeconds: POLL_SECONDS }, () => run(clock()));
    await boss.schedule(name, schedule);
    await boss.send(name, {});
  }
  const stopDeliveries = await startDeliveries(boss, clock);
  return async () => {
    await stopDeliveries();
    await boss.stop({ graceful: true, timeout: 5000 });
  };
}

async function keepScim(now: Date): Promise<void> {
  await removeRevoked(now);
  await settleAll(now);
}

/** Two servers that create the same queue at once would wait for each other. */
async function createQueues(boss: PgBoss): Promise<void> {
  await store().alone(async () => {
    for (const { name } of JOBS)
      await boss.createQueue(name, { name, policy: "short", retryLimit: 5, retryBackoff: true });
    await boss.createQueue(DELIVERY_QUEUE.name, DELIVERY_QUEUE);
  });
}
