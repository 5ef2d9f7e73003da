import { expect, test } from "vitest";
import { SYSTEM } from "./audit";
import { createCustomer } from "./customers";
import { beginSample, sampleFilling } from "./sample-filling";
import { store } from "./store";
import { NOW } from "./test-licenses";
import { useStore } from "./test-store";

useStore();

test("an installation that holds customers is not filled, and nothing is begun or written down", async () => {
  await createCustomer("Acme", SYSTEM, NOW);
  await expect(beginSample(SYSTEM, NOW)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  expect(sampleFilling()).toBeNull();
  expect(await store().db.auditEvent.count({ where: { action: "installation.sample-begun" } })).toBe(0);
  await expect(beginSample(SYSTEM, NOW)).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
});

test("it is begun once, however often the button is pressed, and goes on by itself", async () => {
  await store().db.customer.deleteMany();
  const presses = await Promise.allSettled([beginSample(SYSTEM, NOW), beginSample(SYSTEM, NOW)]);
  expect(presses.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(sampleFilling()).toMatchObject({ hasFailed: false });
  await expect.poll(sampleFilling, { timeout: 240_000, interval: 200 }).toBeNull();
  expect(await store().db.customer.count()).toBe(3);
}, 300_000);
