import { expect, test } from "vitest";
import { sqlOnPrisma } from "@/server/audit/audit";
import { store } from "@/server/store/store";
import { eventsOf } from "@/server/testing/test-events";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { writeEvents } from "./outbox";

useStore();

const full = (license: string) => ({
  type: "seats.full" as const,
  license,
  data: { license, allotment: "analyzer", "quo'te": [1, null, "ö"] },
});

test("events are written with the transaction that caused them, in their order, or not at all", async () => {
  const { number } = await makeLicense();
  const failing = store().db.$transaction(async (tx) => {
    await writeEvents(sqlOnPrisma(tx), NOW, [full(number)]);
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  await store().sql.transaction((tx) =>
    writeEvents(tx, NOW, [full(number), { type: "expired", license: number, data: { license: number } }]),
  );
  const events = await eventsOf(number);
  expect(events.map(({ type }) => type)).toEqual(["definition.updated", "seats.full", "expired"]);
  const { type, data } = full(number);
  expect(events[1]).toEqual({ type, data, time: NOW });
});

test("a subject is encrypted, and an event of the installation needs no license", async () => {
  const { number } = await makeLicense();
  await writeEvents(store().sql, NOW, [
    { ...full(number), subject: "acme\\canary" },
    { type: "webhook.failing", data: { webhook: "w-1" } },
  ]);
  const waiting = await store().db.waitingEvent.findMany({ where: { type: { not: "definition.updated" } } });
  expect(waiting.map(({ license }) => license)).toEqual([number, null]);
  expect(Buffer.from(waiting[0]?.subject ?? []).toString("latin1")).not.toContain("canary");
  expect(waiting[0]?.subject?.length).toBeGreaterThan(20);
  expect(waiting[1]?.subject).toBeNull();
});
