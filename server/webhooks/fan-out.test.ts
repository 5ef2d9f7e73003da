import { expect, test, vi } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { writeEvents } from "@/server/events/outbox";
import { numberEvents } from "@/server/events/positions";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { storeKind, useStore } from "@/server/testing/test-store";
import { eventOf, happen, makeWebhook } from "@/server/testing/test-webhooks";
import { fanOut } from "./fan-out";
import { changeWebhook, createWebhook, removeWebhook } from "./webhooks";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const url = "https://example.com/hooks";

async function typesFor(webhook: string): Promise<string[]> {
  const rows = await store().db.webhookDelivery.findMany({
    where: { webhook },
    orderBy: { position: "asc" },
  });
  return rows.map(({ type }) => type);
}

test("an endpoint gets the events of its customer and its types, from its creation on", async () => {
  const ours = await makeLicense();
  const theirs = await makeLicense();
  await happen([eventOf("expired", ours.number)]);
  const all = await makeWebhook({ url });
  const own = await makeWebhook({ url, customer: ours.customer.id });
  const chosen = await makeWebhook({ url, types: ["expiring", "signing-key.rotated"] });
  await happen([
    eventOf("expiring", ours.number),
    eventOf("suspended", theirs.number),
    { type: "signing-key.rotated", data: { kid: "k" } },
  ]);
  expect(await typesFor(all.id)).toEqual(["expiring", "suspended", "signing-key.rotated"]);
  expect(await typesFor(own.id)).toEqual(["expiring"]);
  expect(await typesFor(chosen.id)).toEqual(["expiring", "signing-key.rotated"]);
  await removeWebhook(OWNER, all.id, SYSTEM, NOW);
  await removeWebhook(OWNER, own.id, SYSTEM, NOW);
  await removeWebhook(OWNER, chosen.id, SYSTEM, NOW);
});

test("one that is paused gets its events later, one that is disabled never", async () => {
  const { number } = await makeLicense();
  const paused = await makeWebhook({ url });
  const disabled = await makeWebhook({ url });
  await changeWebhook(OWNER, paused.id, { state: "paused" }, SYSTEM, NOW);
  await store().db.webhook.update({ where: { id: disabled.id }, data: { state: "disabled" } });
  await happen([eventOf("expired", number)]);
  expect(await typesFor(paused.id)).toEqual(["expired"]);
  expect(await typesFor(disabled.id)).toEqual([]);
  await changeWebhook(OWNER, disabled.id, { state: "active" }, SYSTEM, NOW);
  await happen([eventOf("expiring", number)]);
  expect(await typesFor(disabled.id)).toEqual(["expiring"]);
});

test("an event makes one delivery, however often and wherever it is handed out", async () => {
  const { number } = await makeLicense();
  const { id } = await makeWebhook({ url });
  await writeEvents(
    store().sql,
    NOW,
    Array.from({ length: 57 }, () => eventOf("expired", number)),
  );
  await numberEvents(NOW);
  await Promise.all([fanOut(NOW, 10), fanOut(NOW, 10), fanOut(NOW, 10)]);
  await fanOut(NOW, 10);
  expect(await typesFor(id)).toHaveLength(57);
  await store().db.webhookCursor.update({ where: { id: 1 }, data: { position: 0 } });
  await fanOut(NOW);
  const again = await typesFor(id);
  expect(again.length).toBeGreaterThan(57);
  await store().db.webhookCursor.update({ where: { id: 1 }, data: { position: 0 } });
  await fanOut(NOW);
  expect(await typesFor(id)).toEqual(again);
});

test("without an endpoint the cursor moves on, so that a new one doesn't get old events", async () => {
  await store().db.webhook.deleteMany();
  const { number } = await makeLicense();
  await happen([eventOf("expired", number)]);
  const { id } = await makeWebhook({ url });
  await fanOut(NOW);
  expect(await typesFor(id)).toEqual([]);
});

/** Does something after the endpoints were read by the next hand-out. */
function afterEndpoints(work: () => Promise<unknown>): void {
  const { sql } = store();
  const transaction = sql.transaction.bind(sql);
  vi.spyOn(sql, "transaction").mockImplementationOnce((hand) =>
    transaction((tx) =>
      hand({
        async query(statement, values) {
          const rows = await tx.query(statement, values);
          if (statement.name === "webhook_endpoints") await work();
          return rows as never;
        },
      }),
    ),
  );
}

// The embedded store does one thing at a time.
test.runIf(storeKind() === "postgresql").each([false, true])(
  "an endpoint that is created during a hand-out gets what happens after it (others: %j)",
  async (hasOthers) => {
    await store().db.webhook.deleteMany();
    const { number } = await makeLicense();
    await happen([]);
    if (hasOthers) await makeWebhook({ url });
    await writeEvents(store().sql, NOW, [eventOf("expiring", number)]);
    await numberEvents(NOW);
    const made: string[] = [];
    afterEndpoints(async () => {
      made.push((await createWebhook(OWNER, { name: "New", url }, SYSTEM, NOW)).id);
      await writeEvents(store().sql, NOW, [eventOf("expired", number)]);
      await numberEvents(NOW);
    });
    await fanOut(NOW);
    await fanOut(NOW);
    expect(await typesFor(made[0] ?? "")).toEqual(["expired"]);
  },
);
