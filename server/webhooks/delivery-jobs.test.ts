import PgBoss from "pg-boss";
import { afterAll, expect, test, vi } from "vitest";
import { openReceiver } from "@/scripts/receiver";
import { log } from "@/server/store/log";
import { store } from "@/server/store/store";
import { makeLicense } from "@/server/testing/test-licenses";
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

async function jobs(): Promise<number> {
  const [{ count }] = await store().db.$queryRawUnsafe<[{ count: bigint }]>(
    `SELECT count(*) AS count FROM pgboss.job WHERE name = '${DELIVERY_QUEUE.name}'`,
  );
  return Number(count);
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
  await vi.waitFor(async () => expect(await jobs()).toBe(0), { timeout: 10_000, interval: 50 });
  for (const stop of stops) await stop();
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(20);
  expect(receiver.received).toHaveLength(20);
  await receiver.stop();
});

test("a turn that fails is in the log, and leaves no job behind", async () => {
  const { number } = await makeLicense();
  const { id } = await makeWebhook({ url: "https://example.com/hooks" }, new Date());
  await store().db.webhook.update({ where: { id }, data: { secret: new Uint8Array(64) } });
  const written = vi.spyOn(log(), "error").mockImplementation(() => {});
  const stop = await startReplica();
  await happen([eventOf("expired", number)], new Date());
  await vi.waitFor(() => expect(written).toHaveBeenCalled(), { timeout: 20_000, interval: 50 });
  await vi.waitFor(async () => expect(await jobs()).toBe(0), { timeout: 10_000, interval: 50 });
  await stop();
});
