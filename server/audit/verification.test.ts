import { beforeAll, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import type { License } from "@/server/licenses/license";
import { store } from "@/server/store/store";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { recordEvents } from "./audit";
import { chainsInSight } from "./scope";
import {
  lastVerified,
  lastVerifiedInSight,
  type VerificationStep,
  verifyChains,
  verifyOne,
} from "./verification";

useStore();

const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const eve = { kind: "user" as const, id: "eve" };

let mine: License;
let other: License;
beforeAll(async () => {
  mine = await makeLicense();
  other = await makeLicense();
});

async function stepsOf(chains: string[], now = NOW): Promise<VerificationStep[]> {
  const steps: VerificationStep[] = [];
  for await (const step of verifyChains(chains, SYSTEM, now)) steps.push(step);
  return steps;
}

test("the last verification of a chain is kept: up to which event, when and by whom", async () => {
  const { number } = await makeLicense();
  const never = { chains: 1, checked: 0, events: 0, since: null, last: null, by: null, bad: null };
  expect(await lastVerified(number)).toEqual(never);
  await verifyOne(number, eve, NOW);
  expect(await lastVerified(number)).toEqual({
    ...never,
    checked: 1,
    events: 1,
    since: NOW,
    last: NOW,
    by: "eve",
  });
  await stepsOf([number], later(9));
  expect(await lastVerified(number)).toMatchObject({ checked: 1, since: later(9), by: "Signet" });
});

test("verifying a long chain reports its progress", async () => {
  const { number } = await makeLicense();
  const events = Array.from({ length: 1500 }, (_, i) => ({
    action: "key.issued" as const,
    object: `k${i}`,
  }));
  await store().db.$transaction((tx) => recordEvents(tx, number, SYSTEM, NOW, events));
  const place = { chain: 1, chains: 1 };
  expect(await stepsOf([number])).toEqual([
    { ...place, events: 0, of: 0 },
    { ...place, events: 1000, of: 1501 },
  ]);
  expect(await lastVerified(number)).toMatchObject({ events: 1501, bad: null });
});

test("a broken chain is kept as broken, and a deleted one blocks nothing", async () => {
  const { number } = await makeLicense();
  await store().db.auditEvent.updateMany({ where: { chain: number }, data: { object: "forged" } });
  const steps = await stepsOf(["1000000000000009", number, mine.number]);
  expect(steps.map(({ chain, chains }) => [chain, chains])).toEqual([
    [1, 3],
    [2, 3],
    [3, 3],
  ]);
  expect(await lastVerified(number)).toMatchObject({
    events: 0,
    bad: { chain: number, sequence: 1, reason: "was changed", at: NOW },
  });
  expect(await lastVerifiedInSight(OWNER)).toMatchObject({ bad: { chain: number } });
});

test("a reader sees the chains in scope only", async () => {
  await stepsOf(await chainsInSight(OWNER), later(1));
  await verifyOne(mine.number, eve, later(2));
  const confined = { ...OWNER, role: "license-admin" as const, customers: [mine.customer.id] };
  const own = { chains: 1, checked: 1, events: 1, since: later(2), last: later(2), by: "eve", bad: null };
  expect(await lastVerifiedInSight(confined)).toEqual(own);
  expect(await lastVerifiedInSight({ ...OWNER, license: other.number })).toMatchObject({
    ...{ chains: 1, checked: 1, since: later(1), by: "Signet", bad: null },
  });
  const all = await lastVerifiedInSight(OWNER);
  expect(all).toMatchObject({ since: later(1), last: later(2), by: null });
  expect(all.checked).toBe(all.chains);
});
