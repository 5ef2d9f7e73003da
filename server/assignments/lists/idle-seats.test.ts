import { expect, test } from "vitest";
import { listDeployments } from "@/server/deployments/deployment-list";
import { NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { listAssignments } from "./assignment-list";
import { idleSeats } from "./idle-seats";

useStore();

const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

test("a deployment that reported a use once is known to report it, and stays so", async () => {
  const { number, caller, add } = await deploymentOf();
  const [bob] = await add("bob");
  await add("eve");
  expect([...(await idleSeats(number, 90, later(100)))]).toEqual([]);
  const use = patchFor(number, "bob", { instance: bob?.instance ?? "", lastUsed: "2026-08-24" });
  await sync(caller, [use], { now: later(1) });
  await sync(caller, [], { now: later(2) });
  expect((await idleSeats(number, 90, later(100))).size).toBe(2);
  const { items } = await listAssignments(number, { limit: 10 }, later(100));
  expect(items.map(({ usageReported }) => usageReported)).toEqual([true, true]);
});

test("a rejected use proves nothing about the deployment", async () => {
  const { number, caller, add } = await deploymentOf();
  const [bob] = await add("bob");
  const unread = patchFor(number, "bob", { instance: bob?.instance ?? "", lastUsed: "yesterday" });
  await sync(caller, [unread], { now: later(1) });
  expect((await idleSeats(number, 90, later(100))).size).toBe(0);
});

test("an add dated years ago is accepted, causes a suspicion, and isn't idle", async () => {
  const { number, caller } = await deploymentOf();
  const old = patchFor(number, "bob", { created: "2020-03-01T00:00:00Z" });
  const { patches } = await sync(caller, [old, patchFor(number, "eve")]);
  expect(patches.map(({ rejection }) => rejection)).toEqual(["", ""]);
  await sync(caller, [patchFor(number, "eve", { instance: patches[1]?.instance, lastUsed: "2026-08-24" })]);
  expect([...(await idleSeats(number, 90, NOW))]).toEqual([]);
  const [deployment] = (await listDeployments(number, { limit: 1 }, NOW)).items;
  expect(deployment?.suspicions).toEqual(["created-off"]);
  expect(deployment?.evidence).toMatchObject([
    { code: "created-off", sentence: expect.stringContaining("dated 2020-03-01") },
  ]);
});
