import PgBoss from "pg-boss";
import { afterAll, expect, test, vi } from "vitest";
import { store } from "@/server/store/store";
import { makeLicense } from "@/server/testing/test-licenses";
import { openReceiver } from "@/server/testing/test-receiver";
import { useStore } from "@/server/testing/test-store";
import { eventOf, happen, makeWebhook } from "@/server/testing/test-webhooks";
import { DELIVERY_QUEUE, startDeliveries } from "./delivery-jobs";

vi.stubEnv("LOG_LEVEL", "silent");
vi.stubEnv("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1");
afterAll(() => void vi.unstubAllEnvs());
useStore();

async function startReplica(): Promise<() => Promise<void>> {
  const boss = new PgBoss({ ...store().jobs });
  boss.on("error", () => {});
  await boss.start();
  await boss.createQueue(DELIVERY_QUEUE.name, DELIVERY_QUEUE);
  const stop = await startDeliveries(boss, () => new Date());
  return async () => {
    await stop();
    await boss.stop({ graceful: true, timeout: 5000 });
  };
}

test("two replicas deliver a committed event once, within seconds, and leave no job behind", async () => {
  const { number } = await makeLicense();
  const receiver = await openReceiver();
  await makeWebhook({ url: receiver.url }, new Date());
  const stops = [await startReplica(), await startReplica()];
  const begun = performance.now();
  await happen(
    Array.from({ length: 20 }, () => eventOf("expired", number)),
    new Date(),
  );
  await vi.waitFor(() => expect(receiver.received.length).toBeGreaterThanOrEqual(20), {
    timeout: 20_000,
    interval: 50,
  });
  expect(performance.now() - begun).toBeLessThan(15_000);
  await vi.waitFor(
    async () => {
      const [{ jobs }] = await store().db.$queryRawUnsafe<[{ jobs: bigint }]>(
        `SELECT count(*) AS jobs FROM pgboss.job WHERE name = '${DELIVERY_QUEUE.name}'`,
      );
      expect(Number(jobs)).toBe(0);
    },
    { timeout: 10_000, interval: 50 },
  );
  for (const stop of stops) await stop();
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(20);
  expect(receiver.received).toHaveLength(20);
  await receiver.stop();
});
