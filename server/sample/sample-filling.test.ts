import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { createCustomer } from "@/server/licenses/customers";
import { store } from "@/server/store/store";
import { NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { CUSTOMERS } from "./plan";
import { beginSample, sampleFilling, takeSampleBack } from "./sample-filling";

useStore();

test("a customer with one of the sample's names blocks it, and nothing is started or recorded", async () => {
  await createCustomer(String(CUSTOMERS[0]).toUpperCase(), SYSTEM, NOW);
  await expect(beginSample(SYSTEM, NOW)).rejects.toMatchObject({ code: "NAME_TAKEN" });
  expect(sampleFilling()).toBeNull();
  expect(await store().db.auditEvent.count({ where: { action: "installation.sample-begun" } })).toBe(0);
  await expect(beginSample(SYSTEM, NOW)).rejects.toMatchObject({ code: "NAME_TAKEN" });
});

test("generating the sample can be cancelled at any moment, and nothing of it stays", async () => {
  await store().db.customer.deleteMany();
  const first = beginSample(SYSTEM, NOW);
  await takeSampleBack(SYSTEM, NOW);
  await first;
  await expect.poll(sampleFilling).toBeNull();
  expect(await store().db.customer.count()).toBe(0);

  await beginSample(SYSTEM, NOW);
  await expect.poll(() => store().db.usageMonth.count(), { timeout: 60_000 }).toBeGreaterThan(0);
  const removal = takeSampleBack(SYSTEM, NOW);
  expect(sampleFilling()).toMatchObject({ state: "removed" });
  expect(takeSampleBack(SYSTEM, NOW)).toBe(removal);
  await expect(beginSample(SYSTEM, NOW)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  await removal;
  expect(sampleFilling()).toBeNull();
  const { db } = store();
  const left = [db.customer.count(), db.license.count(), db.roster.count(), db.usageMonth.count()];
  expect(await Promise.all(left)).toEqual([0, 0, 0, 0]);
  expect(await db.auditEvent.count({ where: { action: "installation.sample-removed" } })).toBe(1);
}, 120_000);

test("pressing the button twice starts one sample, beside existing data, and nobody has to wait for it", async () => {
  const own = await createCustomer("Acme", SYSTEM, NOW);
  const presses = await Promise.allSettled([beginSample(SYSTEM, NOW), beginSample(SYSTEM, NOW)]);
  expect(presses.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(sampleFilling()).toMatchObject({ state: "made" });
  await expect.poll(sampleFilling, { timeout: 240_000, interval: 200 }).toBeNull();
  expect(await store().db.customer.count()).toBe(4);
  await expect(beginSample(SYSTEM, NOW)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  await takeSampleBack(SYSTEM, NOW);
  expect(await store().db.customer.findMany()).toMatchObject([{ id: own.id }]);
}, 300_000);
