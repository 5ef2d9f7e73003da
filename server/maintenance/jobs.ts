import PgBoss from "pg-boss";
import { removeEndedCopies } from "@/server/licenses/license-copies";
import { log } from "@/server/store/log";
import { store } from "@/server/store/store";
import { purge } from "./purge";

const PURGE = "purge";
const HOURLY = "7 * * * *";
const COPIES = "license-copies";
const EVERY_FIVE_MINUTES = "*/5 * * * *";
const POLL_SECONDS = 30;

/** Scheduled work: each job runs once across all replicas, and once at the start for work that a downtime left undone. */
export async function startJobs(clock: () => Date): Promise<() => Promise<void>> {
  const boss = new PgBoss({ ...store().jobs, maintenanceIntervalSeconds: 300 });
  boss.on("error", (error) => log().warn({ reason: error.message }, "the job queue can't reach the store"));
  await boss.start();
  await createQueues(boss);
  await boss.work(PURGE, { pollingIntervalSeconds: POLL_SECONDS }, () => purge(clock()));
  await boss.schedule(PURGE, HOURLY);
  await boss.send(PURGE, {});
  await boss.work(COPIES, { pollingIntervalSeconds: POLL_SECONDS }, () => removeEndedCopies(clock()));
  await boss.schedule(COPIES, EVERY_FIVE_MINUTES);
  return () => boss.stop({ graceful: true, timeout: 5000 });
}

/** Two servers that create the same queue at once would wait for each other. */
async function createQueues(boss: PgBoss): Promise<void> {
  await store().alone(async () => {
    for (const name of [PURGE, COPIES])
      await boss.createQueue(name, { name, policy: "short", retryLimit: 5, retryBackoff: true });
  });
}
