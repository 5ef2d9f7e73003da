import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { DAY } from "@/domain/month";
import { answering, openReceiver, type Receiver } from "@/scripts/receiver";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { purge } from "@/server/maintenance/purge";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { eventOf, happen, makeWebhook } from "@/server/testing/test-webhooks";
import { deliveryById, listDeliveries, resendDelivery, testWebhook } from "./deliveries";
import { deliverTurn } from "./delivery-turn";
import { changeWebhook } from "./webhooks";

vi.stubEnv("LOG_LEVEL", "silent");
vi.stubEnv("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1");
afterAll(() => void vi.unstubAllEnvs());
useStore();

const at = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
const meansAt = (now: Date) => ({ clock: () => now, chance: () => 0.5 });
const STRANGER: Principal = { ...OWNER, role: "license-admin", customers: [] };

let receiver: Receiver;
let number: string;
beforeEach(async () => {
  await store().db.webhook.deleteMany();
  receiver = await openReceiver();
  number = (await makeLicense()).number;
});
afterEach(() => receiver.stop());

test("the log shows request and answers, with secrets and users hidden, and stores neither in clear", async () => {
  receiver.answer((response, { body, headers }) =>
    answering(500, `${body} ${headers["webhook-signature"]}`)(response, { body, headers, path: "" }),
  );
  const { id, secret } = await makeWebhook({ url: receiver.url, subjects: true });
  await happen([eventOf("assignment.updated", number, "acme\\canary")]);
  await deliverTurn(id, meansAt(NOW));
  const [sent] = receiver.received;
  expect(sent?.body).toContain("canary");
  const [listed] = (await listDeliveries(OWNER, id, { limit: 50 })).items;
  const log = await deliveryById(OWNER, listed?.id ?? "");
  expect(log).toMatchObject({ state: "waiting", type: "assignment.updated", last: { status: 500, at: NOW } });
  expect(JSON.parse(log.request?.body ?? "")).toEqual({
    ...JSON.parse(sent?.body ?? ""),
    data: { license: number, subject: "[hidden]" },
  });
  expect(log.request?.headers).toMatchObject({ "webhook-id": log.event, "webhook-signature": "[hidden]" });
  expect(log.attempts).toMatchObject([{ at: NOW, result: { status: 500 }, response: { isCut: false } }]);
  expect(log.attempts[0]?.response?.body).toContain('"subject":"[hidden]"');
  const shown = JSON.stringify(log);
  const stored = await Promise.all(
    ["webhook", "webhook_delivery", "webhook_attempt", "event"].map((table) =>
      store().db.$queryRawUnsafe(`SELECT t::text FROM "${table}" t`),
    ),
  );
  const signature = String(sent?.headers["webhook-signature"]).slice(3);
  for (const hidden of ["canary", secret.slice(6), signature]) {
    expect(shown).not.toContain(hidden);
    expect(JSON.stringify(stored)).not.toContain(hidden);
    expect(JSON.stringify(stored)).not.toContain(Buffer.from(hidden).toString("hex"));
  }
});

test("a delivery is sent again with the same webhook-id and new retries, whatever came of it", async () => {
  const { id } = await makeWebhook({ url: receiver.url });
  await happen([eventOf("expired", number)]);
  await deliverTurn(id, meansAt(NOW));
  const [listed] = (await listDeliveries(OWNER, id, { limit: 50, state: "delivered" })).items;
  receiver.answer(answering(500));
  const again = at(20 * DAY);
  expect(await resendDelivery(OWNER, listed?.id ?? "", SYSTEM, again)).toMatchObject({
    state: "waiting",
    due: again,
  });
  await deliverTurn(id, meansAt(again));
  const log = await deliveryById(OWNER, listed?.id ?? "");
  expect(log).toMatchObject({ state: "waiting", until: at(23 * DAY), due: at(20 * DAY + 5000) });
  expect(log.attempts.map(({ result }) => result)).toEqual([{ status: 500 }, { status: 204 }]);
  expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"]))).toEqual(
    new Set([log.event]),
  );
});

test("a delivery whose event is no longer stored isn't sent again, and stays as it is", async () => {
  const { id } = await makeWebhook({ url: receiver.url });
  await happen([eventOf("expired", number)]);
  await deliverTurn(id, meansAt(NOW));
  const [listed] = (await listDeliveries(OWNER, id, { limit: 50 })).items;
  await store().db.event.deleteMany({ where: { id: listed?.event } });
  const resending = resendDelivery(OWNER, listed?.id ?? "", SYSTEM, at(DAY));
  await expect(resending).rejects.toMatchObject({ code: "NOTHING_TO_SEND" });
  expect((await listDeliveries(OWNER, id, { limit: 50 })).items).toEqual([listed]);
});

test("a delivery that is resent while an attempt runs is sent once more", async () => {
  const { id } = await makeWebhook({ url: receiver.url });
  await happen([eventOf("expired", number)]);
  const [listed] = (await listDeliveries(OWNER, id, { limit: 50 })).items;
  receiver.answer(async (response) => {
    await resendDelivery(OWNER, listed?.id ?? "", SYSTEM, at(1));
    receiver.answer(answering(200));
    response.writeHead(200).end();
  });
  await deliverTurn(id, meansAt(at(0)));
  await deliverTurn(id, meansAt(at(1)));
  expect(receiver.received).toHaveLength(2);
  expect(await deliveryById(OWNER, listed?.id ?? "")).toMatchObject({ state: "delivered" });
});

test.each([
  [200, "delivered"],
  [500, "failed"],
  [410, "failed"],
] as const)(
  "a test is sent at once and only once, and an answer of %i changes nothing at the endpoint",
  async (status, state) => {
    receiver.answer(answering(status, "hello"));
    const { id } = await makeWebhook({ url: receiver.url, typePrefix: "com.example." });
    await changeWebhook(OWNER, id, { state: "paused" }, SYSTEM, NOW);
    const log = await testWebhook(OWNER, id, SYSTEM, meansAt(NOW));
    expect(log).toMatchObject({ isTest: true, type: "webhook.test", state, due: null });
    expect(log.attempts).toMatchObject([{ result: { status }, response: { body: "hello" } }]);
    const sent = receiver.received[0]?.body ?? "";
    expect(JSON.parse(sent)).toMatchObject({
      specversion: "1.0",
      type: "com.example.webhook.test",
      data: { webhook: id },
    });
    expect(log.request?.body).toBe(sent);
    await expect(resendDelivery(OWNER, log.id, SYSTEM, at(1))).rejects.toMatchObject({
      code: "NOTHING_TO_SEND",
    });
    await deliverTurn(id, meansAt(at(DAY)));
    expect(receiver.received).toHaveLength(1);
    expect(await store().db.webhook.findUnique({ where: { id } })).toMatchObject({
      state: "paused",
      failures: 0,
    });
  },
);

test("the log is filtered and paged, newest first, for those who see the endpoint", async () => {
  const { id } = await makeWebhook({ url: receiver.url });
  for (let nth = 0; nth < 3; nth++)
    await happen([eventOf(nth === 1 ? "expiring" : "expired", number)], at(nth));
  await deliverTurn(id, meansAt(at(10)));
  const first = await listDeliveries(OWNER, id, { limit: 2, type: "expired" });
  expect(first.items.map(({ created }) => created)).toEqual([at(2), at(0)]);
  const page = await listDeliveries(OWNER, id, { limit: 2 });
  const rest = await listDeliveries(OWNER, id, { limit: 2, cursor: page.cursor ?? undefined });
  expect([...page.items, ...rest.items].map(({ created }) => created)).toEqual([at(2), at(1), at(0)]);
  expect((await listDeliveries(OWNER, id, { limit: 50, state: "failed" })).items).toEqual([]);
  const hidden = { code: "NOT_FOUND" };
  await expect(listDeliveries(STRANGER, id, { limit: 50 })).rejects.toMatchObject(hidden);
  await expect(deliveryById(STRANGER, page.items[0]?.id ?? "")).rejects.toMatchObject(hidden);
  await expect(resendDelivery(STRANGER, page.items[0]?.id ?? "", SYSTEM, NOW)).rejects.toMatchObject(hidden);
});

test("the log is kept for 30 days", async () => {
  const { id } = await makeWebhook({ url: receiver.url });
  await happen([eventOf("expired", number)]);
  await deliverTurn(id, meansAt(NOW));
  const count = async () => [
    await store().db.webhookDelivery.count({ where: { webhook: id } }),
    await store().db.webhookAttempt.count(),
  ];
  const before = await count();
  await purge(at(30 * DAY - 1));
  expect(await count()).toEqual(before);
  await purge(at(30 * DAY));
  expect((await count())[0]).toBe(0);
  expect((await count())[1]).toBeLessThan(before[1] ?? 0);
});
