import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { DAY } from "@/domain/month";
import { answering, openReceiver, type Receiver } from "@/scripts/receiver";
import { SYSTEM } from "@/server/access/actor";
import { numberEvents } from "@/server/events/positions";
import { store } from "@/server/store/store";
import { makeLicense, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { eventOf, happen, makeWebhook } from "@/server/testing/test-webhooks";
import { endpointsDue } from "./delivery-jobs";
import { deliverTurn, type Means } from "./delivery-turn";
import { changeWebhook, removeWebhook, rotateWebhookSecret } from "./webhooks";

vi.stubEnv("LOG_LEVEL", "silent");
vi.stubEnv("WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1");
afterAll(() => void vi.unstubAllEnvs());
useStore();

/** The signature library compares with the real time, so the tests run in it; retries are in virtual time. */
let now = new Date();
const clock = () => now;
const means: Means = { clock, chance: () => 0.5 };
const later = (milliseconds: number) => {
  now = new Date(now.getTime() + milliseconds);
};

let receiver: Receiver;
let number: string;
beforeEach(async () => {
  await store().db.webhook.deleteMany();
  now = new Date();
  receiver = await openReceiver();
  number = (await makeLicense()).number;
});
afterEach(() => receiver.stop().catch(() => {}));

const rowsOf = (webhook: string) => store().db.webhookDelivery.findMany({ where: { webhook } });
const endpoint = (id: string) => store().db.webhook.findUniqueOrThrow({ where: { id } });

/** Delivers whatever becomes due until the end of the time, in steps of what is due next. */
async function passTime(webhook: string, duration: number): Promise<void> {
  const end = new Date(now.getTime() + duration);
  for (;;) {
    for (const id of await endpointsDue(now)) await deliverTurn(id, means);
    const { state, restUntil } = await endpoint(webhook);
    const [next] = await store().db.webhookDelivery.findMany({
      where: { webhook, dueAt: { not: null } },
      orderBy: { dueAt: "asc" },
      take: 1,
    });
    const due = Math.max(next?.dueAt?.getTime() ?? Number.POSITIVE_INFINITY, restUntil?.getTime() ?? 0);
    if (state !== "active" || due > end.getTime()) break;
    now = new Date(Math.max(due, now.getTime() + 1));
  }
  now = end;
}

test("a delivery is a CloudEvent that the library of Standard Webhooks verifies", async () => {
  const { id, secret } = await makeWebhook({ url: receiver.url }, now);
  await happen([eventOf("expired", number)], now);
  await deliverTurn(id, means);
  const [got] = receiver.received;
  const headers = got?.headers as Record<string, string>;
  const event = new Webhook(secret).verify(got?.body ?? "", headers);
  expect(event).toMatchObject({
    specversion: "1.0",
    type: "io.signet.license.expired",
    id: headers["webhook-id"],
    license: number,
    data: { license: number },
  });
  expect(headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8");
  const [row] = await rowsOf(id);
  expect(row).toMatchObject({
    state: "delivered",
    event: headers["webhook-id"],
    dueAt: null,
    lastStatus: 204,
  });
});

test("after a rotation both secrets verify until the overlap ends, then the new one alone", async () => {
  const { id, secret } = await makeWebhook({ url: receiver.url }, now);
  const rotated = await rotateWebhookSecret(OWNER, id, 1, SYSTEM, now);
  const verifies = (nth: number, key: string) => {
    const { body = "", headers } = receiver.received[nth] ?? {};
    try {
      new Webhook(key).verify(body, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  };
  await happen([eventOf("expired", number)], now);
  await deliverTurn(id, means);
  expect([verifies(0, secret), verifies(0, rotated.secret)]).toEqual([true, true]);
  expect(receiver.received[0]?.headers["webhook-signature"]).toMatch(/^v1,\S+ v1,\S+$/);
  await store().db.webhook.update({ where: { id }, data: { previousUntil: now } });
  await happen([eventOf("expired", number)], now);
  await deliverTurn(id, means);
  expect([verifies(1, secret), verifies(1, rotated.secret)]).toEqual([false, true]);
});

test("a user is named only to endpoints that opted in, and types have the endpoint's prefix", async () => {
  const usual = await makeWebhook({ url: receiver.url }, now);
  const own = await openReceiver();
  const named = await makeWebhook({ url: own.url, subjects: true, typePrefix: "com.example.license." }, now);
  await happen([eventOf("assignment.updated", number, "acme\\bob")], now);
  await deliverTurn(usual.id, means);
  await deliverTurn(named.id, means);
  expect(JSON.parse(receiver.received[0]?.body ?? "")).toMatchObject({
    type: "io.signet.license.assignment.updated",
  });
  expect(receiver.received[0]?.body).not.toContain("bob");
  expect(JSON.parse(own.received[0]?.body ?? "")).toMatchObject({
    type: "com.example.license.assignment.updated",
    data: { subject: "acme\\bob" },
  });
  await own.stop();
});

test("a receiver that is down gets the event after it starts again, with the same webhook-id", async () => {
  const { id } = await makeWebhook({ url: receiver.url }, now);
  await receiver.stop();
  await happen([eventOf("expired", number)], now);
  await passTime(id, 3_600_000);
  expect(await rowsOf(id)).toMatchObject([{ state: "waiting", lastReason: "CONNECTION_FAILED" }]);
  await receiver.restart();
  await passTime(id, 6 * 3_600_000);
  expect(receiver.received).toHaveLength(1);
  expect(await rowsOf(id)).toMatchObject([{ state: "delivered" }]);
  expect(await endpoint(id)).toMatchObject({
    state: "active",
    failures: 0,
    failingSince: null,
    restUntil: null,
  });
});

test("three days of failures disable an endpoint and are told: after an hour, and at the end", async () => {
  receiver.answer(answering(500, "no"));
  const { id, name } = await makeWebhook({ url: receiver.url, types: ["expired"] }, now);
  await happen([eventOf("expired", number)], now);
  await passTime(id, 3 * DAY - 60_000);
  expect(await endpoint(id)).toMatchObject({ state: "active" });
  await passTime(id, 120_000);
  expect(await endpoint(id)).toMatchObject({ state: "disabled", disabledReason: "failing" });
  expect(await rowsOf(id)).toMatchObject([{ state: "failed", dueAt: null, lastStatus: 500 }]);
  const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect(ids.length).toBeGreaterThanOrEqual(12);
  expect(new Set(ids).size).toBe(1);
  await numberEvents(now);
  const told = await store().db.event.findMany({
    where: { type: "webhook.failing" },
    orderBy: { position: "asc" },
  });
  expect(told.map(({ data }) => data)).toMatchObject([
    { webhook: id, name, customer: null, disabled: false },
    { webhook: id, name, customer: null, disabled: true, reason: "failing" },
  ]);
  const audit = await store().db.auditEvent.findMany({ where: { action: "webhook.disabled", object: id } });
  expect(audit).toHaveLength(1);
});

test("410 disables at once, and what waits is delivered when somebody enables it again", async () => {
  receiver.answer(answering(410));
  const { id } = await makeWebhook({ url: receiver.url, types: ["expired"], concurrency: 1 }, now);
  await happen([eventOf("expired", number), eventOf("expired", number)], now);
  await passTime(id, DAY);
  expect(receiver.received).toHaveLength(1);
  expect(await endpoint(id)).toMatchObject({ state: "disabled", disabledReason: "gone" });
  receiver.answer(answering(200));
  await changeWebhook(OWNER, id, { state: "active" }, SYSTEM, now);
  await passTime(id, 1000);
  expect((await rowsOf(id)).map(({ state }) => state).sort()).toEqual(["delivered", "failed"]);
});

test("a redirect is a failure and isn't followed", async () => {
  const inside = await openReceiver();
  receiver.answer((response) => void response.writeHead(302, { Location: inside.url }).end());
  const { id } = await makeWebhook({ url: receiver.url }, now);
  await happen([eventOf("expired", number)], now);
  await deliverTurn(id, means);
  expect(inside.received).toEqual([]);
  expect(await rowsOf(id)).toMatchObject([{ state: "waiting", lastStatus: 302, tries: 1 }]);
  await inside.stop();
});

test("one delivery that always fails doesn't hold up the others", async () => {
  const { id } = await makeWebhook({ url: receiver.url, types: ["expired", "expiring"] }, now);
  receiver.answer((response, { body }) =>
    answering(body.includes("license.expired") ? 500 : 200)(response, { body, headers: {}, path: "" }),
  );
  await happen(
    [eventOf("expired", number), ...Array.from({ length: 20 }, () => eventOf("expiring", number))],
    now,
  );
  await passTime(id, 60_000);
  const states = (await rowsOf(id)).map(({ state }) => state);
  expect(states.filter((state) => state === "delivered")).toHaveLength(20);
  await passTime(id, 3 * DAY);
  expect((await rowsOf(id)).filter(({ state }) => state === "failed")).toMatchObject([{ type: "expired" }]);
});

test("two replicas deliver each event once, and never more at once than the endpoint takes", async () => {
  receiver.answer((response) => void setImmediate(() => response.writeHead(200).end()));
  const { id } = await makeWebhook({ url: receiver.url, concurrency: 3 }, now);
  await happen(
    Array.from({ length: 60 }, () => eventOf("expired", number)),
    now,
  );
  await Promise.all(Array.from({ length: 4 }, () => deliverTurn(id, means)));
  const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
  expect([ids.length, new Set(ids).size, receiver.atOnce()]).toEqual([60, 60, 3]);
});

test("a job that died holds its endpoint for 30 seconds, then what it left is delivered", async () => {
  const { id } = await makeWebhook({ url: receiver.url }, now);
  await happen([eventOf("expired", number)], now);
  const dies = async () => {
    throw new Error("killed");
  };
  await store().db.webhook.update({
    where: { id },
    data: { turn: crypto.randomUUID(), turnUntil: new Date(now.getTime() + 30_000) },
  });
  expect(await endpointsDue(now)).toEqual([]);
  await deliverTurn(id, means);
  expect(receiver.received).toEqual([]);
  later(30_000);
  expect(await endpointsDue(now)).toEqual([id]);
  await expect(deliverTurn(id, { ...means, sender: dies })).rejects.toThrow("killed");
  later(30_000);
  await deliverTurn(id, means);
  expect(receiver.received).toHaveLength(1);
});

test("a server that stops cuts requests off at once, and frees the endpoint for the next one", async () => {
  const { id } = await makeWebhook({ url: receiver.url }, now);
  await happen([eventOf("expired", number)], now);
  const stop = new AbortController();
  receiver.answer(() => stop.abort());
  await deliverTurn(id, { ...means, ending: stop.signal });
  expect(await rowsOf(id)).toMatchObject([{ state: "waiting", tries: 0, lastAt: null }]);
  expect(await endpoint(id)).toMatchObject({ turn: null, failures: 0 });
  receiver.answer(answering(200));
  await deliverTurn(id, means);
  expect(receiver.received).toHaveLength(2);
  expect(await rowsOf(id)).toMatchObject([{ state: "delivered" }]);
});

test("an endpoint that fails rests between attempts, and is queued once until its job begins", async () => {
  receiver.answer(answering(500));
  const { id } = await makeWebhook({ url: receiver.url, concurrency: 1 }, now);
  await happen(
    Array.from({ length: 100 }, () => eventOf("expired", number)),
    now,
  );
  expect(await endpointsDue(now)).toEqual([id]);
  expect(await endpointsDue(now)).toEqual([]);
  later(30_000);
  await passTime(id, 3_600_000);
  expect(receiver.received.length).toBeLessThan(25);
  receiver.answer(answering(200));
  await passTime(id, 600_000);
  expect((await rowsOf(id)).filter(({ state }) => state === "delivered").length).toBeGreaterThan(70);
});

test("a paused endpoint gets what it missed when it is resumed", async () => {
  const { id } = await makeWebhook({ url: receiver.url }, now);
  await changeWebhook(OWNER, id, { state: "paused" }, SYSTEM, now);
  await happen([eventOf("expired", number), eventOf("expiring", number)], now);
  await passTime(id, DAY);
  expect(await endpointsDue(now)).toEqual([]);
  await deliverTurn(id, means);
  expect(receiver.received).toEqual([]);
  await changeWebhook(OWNER, id, { state: "active" }, SYSTEM, now);
  await passTime(id, 1000);
  expect(receiver.received).toHaveLength(2);
});

test("an event that is no longer stored is given up, and isn't the receiver's fault", async () => {
  const { id } = await makeWebhook({ url: receiver.url }, now);
  await happen([eventOf("expired", number)], now);
  await store().db.event.deleteMany();
  await deliverTurn(id, means);
  expect(await rowsOf(id)).toMatchObject([{ state: "failed", lastReason: "EVENT_EXPIRED", dueAt: null }]);
  expect(await endpoint(id)).toMatchObject({ failures: 0, failingSince: null });
});

test("what an admin changes meanwhile isn't undone by an attempt that was on its way", async () => {
  const changed = await makeWebhook({ url: receiver.url }, now);
  const removed = await makeWebhook({ url: receiver.url }, now);
  await happen([eventOf("expired", number)], now);
  const gone = { result: { status: 410 }, response: null, milliseconds: 1 };
  const url = "https://example.com/new";
  const during = (change: () => Promise<unknown>) => async () => {
    await change();
    return gone;
  };
  const change = () => changeWebhook(OWNER, changed.id, { url }, SYSTEM, now);
  const remove = () => removeWebhook(OWNER, removed.id, SYSTEM, now);
  await deliverTurn(changed.id, { ...means, sender: during(change) });
  await deliverTurn(removed.id, { ...means, sender: during(remove) });
  expect(await endpoint(changed.id)).toMatchObject({ state: "active", failures: 0, turn: null });
  const object = { in: [changed.id, removed.id] };
  expect(await store().db.auditEvent.count({ where: { object, action: "webhook.disabled" } })).toBe(0);
});
