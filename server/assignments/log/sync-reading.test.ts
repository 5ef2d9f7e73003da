import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { revokeLicenseKey } from "@/server/keys/license-keys";
import { NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { baseOf, deploymentOf, sync } from "@/server/testing/test-syncs";

useStore();

const place = () => deploymentOf([seats("analyzer", 500)]);
const people = (count: number) => Array.from({ length: count }, (_, index) => `acme\\p${index}`);

test("simultaneous syncs of many licenses each get their own rows, and a refused one is refused alone", async () => {
  const places = await Promise.all([1, 2, 3, 4, 5, 6].map(place));
  const callers = places.map(({ call }) => call());
  const bases = await Promise.all(
    places.map(async ({ add, caller }) => add("acme\\ann").then(() => sync(caller))),
  );
  for (const [index, { add }] of places.entries()) await add(...people(index));
  const revoked = places[5]?.caller.key.jti ?? "";
  await revokeLicenseKey(revoked, "lost", SYSTEM, NOW);
  const synced = await Promise.allSettled(
    callers.map((caller, index) => sync(caller, [], { base: bases[index] ? baseOf(bases[index]) : null })),
  );
  expect(synced.slice(0, 5).map((one) => one.status === "fulfilled" && one.value.patches.length)).toEqual([
    0, 1, 2, 3, 4,
  ]);
  expect(synced[5]).toMatchObject({ reason: { code: "KEY_REVOKED" } });
});

test("a deployment that asks twice at once from two bases gets a response for each", async () => {
  const { add, call } = await place();
  await add("acme\\ann");
  const other = call();
  const first = baseOf(await sync(other));
  await add("acme\\bob");
  const second = baseOf(await sync(other, [], { base: first }));
  await add("acme\\eve");
  const results = await Promise.all([first, second, first, second].map((base) => sync(other, [], { base })));
  expect(results.map(({ patches }) => patches.map(({ subject }) => subject))).toEqual([
    ["acme\\bob", "acme\\eve"],
    ["acme\\eve"],
    ["acme\\bob", "acme\\eve"],
    ["acme\\eve"],
  ]);
});

test.each([100, 101, 230])("%i new rows arrive in one response", async (count) => {
  const { add, call } = await place();
  await add("acme\\ann");
  const other = call();
  const base = baseOf(await sync(other));
  await add(...people(count));
  const { patches, more, bases } = await sync(other, [], { base });
  expect([patches.length, more, bases[0]?.version]).toEqual([count, undefined, count + 1]);
  expect((await sync(other, [], { base: bases[0] ?? null })).patches).toEqual([]);
});
