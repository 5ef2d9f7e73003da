import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { store } from "@/server/store/store";
import { licenseWithKey } from "@/server/testing/test-callers";
import { NOW, seats } from "@/server/testing/test-licenses";
import { meteredLicense, month, reportOne } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { baseOf, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { activate, readDefinition } from "./activations";
import type { Caller } from "./admission";
import { findDeployment } from "./deployments";
import { clearSuspicion } from "./suspicions";

useStore();

const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const ELSEWHERE = { address: "198.51.100.4" };

async function suspicionsOf({ key, source }: Caller) {
  const found = await findDeployment(key.license, source ?? "", NOW);
  return { codes: found?.suspicions, evidence: found?.evidence };
}

/** Counts the writes to a deployment's row: each makes a new version of it. */
async function writesTo({ key, source }: Caller, work: () => Promise<unknown>): Promise<number> {
  const version = async () => {
    const [row] = await store().db.$queryRaw<{ xmin: string }[]>`
      SELECT xmin::text FROM deployment WHERE license = ${key.license} AND source = ${source}`;
    return row?.xmin;
  };
  const before = await version();
  await work();
  return before === (await version()) ? 0 : 1;
}

test("a sequence below the last one is reported with its facts, once an hour, and costs one write if it is new", async () => {
  const caller = (await meteredLicense()).call();
  await reportOne(caller, 10, { sequence: 9 });
  const behind = (minutes: number) => () => reportOne(caller, 3, { sequence: 4 }, later(minutes));
  expect(await writesTo(caller, behind(0))).toBe(1);
  const first = { code: "sequence-behind", sentence: expect.stringContaining("Report 4 for analyzer_time") };
  expect(await suspicionsOf(caller)).toEqual({
    codes: ["sequence-behind"],
    evidence: [{ ...first, first: NOW, last: NOW }],
  });
  expect(await writesTo(caller, behind(0.9))).toBe(0);
  await behind(59)();
  expect((await suspicionsOf(caller)).evidence).toEqual([{ ...first, first: NOW, last: NOW }]);
  await behind(60)();
  expect((await suspicionsOf(caller)).evidence).toEqual([{ ...first, first: NOW, last: later(60) }]);
});

test("sequences that jump are reported without an effect", async () => {
  const caller = (await meteredLicense()).call();
  await reportOne(caller, 10, { sequence: 9 });
  await reportOne(caller, 10, { sequence: 9000 });
  await reportOne(caller, 10, { sequence: 90_000 });
  expect((await suspicionsOf(caller)).codes).toEqual(["sequence-jump"]);
});

test.each<[string, (caller: Caller & { source: string }, at: Date) => Promise<unknown>]>([
  ["activations", (caller, at) => activate(caller, "Update", at)],
  ["readings", readDefinition],
  ["reports", (caller, at) => reportOne(caller, 1, {}, at)],
  ["syncs", (caller, at) => sync(caller, [], { now: at })],
])("two alternating origins are detected in %s", async (_, callFrom) => {
  const { call } = await meteredLicense();
  const here = call();
  const there = call({ source: here.source, ...ELSEWHERE });
  for (const [minutes, caller] of [here, there, here].entries()) await callFrom(caller, later(minutes));
  expect((await suspicionsOf(here)).codes).toEqual([]);
  await callFrom(there, later(3));
  expect(await suspicionsOf(here)).toMatchObject({
    codes: ["two-places"],
    evidence: [
      {
        sentence: expect.stringMatching(/from 192\.0\.2\.7 as .* and from 198\.51\.100\.4 as/),
        last: later(3),
      },
    ],
  });
});

test("two alternating origins are detected across different calls", async () => {
  const { call } = await meteredLicense();
  const here = call();
  const there = call({ source: here.source, ...ELSEWHERE });
  await activate(here, "Initial", later(0));
  await reportOne(there, 1, {}, later(1));
  await sync(here, [], { now: later(2) });
  await readDefinition(there, later(3));
  expect((await suspicionsOf(here)).codes).toEqual(["two-places"]);
});

test("a source that people named may be shared: origins and sequences cause no suspicion", async () => {
  const { call } = await meteredLicense();
  for (const [minutes, more] of [{}, ELSEWHERE, {}, ELSEWHERE].entries())
    await reportOne(call({ source: "warsaw", ...more }), 1, { sequence: 9 - minutes }, later(minutes));
  expect((await suspicionsOf(call({ source: "warsaw" }))).codes).toEqual([]);
});

test("a move, an upgrade, and calls hours apart cause no suspicion, and no more writes than their facts", async () => {
  const { call } = await licenseWithKey();
  const here = call();
  const there = { ...here, ...ELSEWHERE };
  await sync(here, [], { now: later(0) });
  expect(await writesTo(here, () => sync(there, [], { now: later(0.1) }))).toBe(1);
  expect(await writesTo(here, () => sync(there, [], { now: later(0.2) }))).toBe(0);
  await sync({ ...there, version: "1.7.0" }, [], { now: later(3) });
  await sync({ ...here, version: "1.7.0" }, [], { now: later(50) });
  await sync({ ...there, version: "1.7.0" }, [], { now: later(90) });
  await sync({ ...here, version: "1.7.0" }, [], { now: later(130) });
  await sync({ ...there, version: "1.7.0" }, [], { now: later(170) });
  expect((await suspicionsOf(here)).codes).toEqual([]);
});

test("a base that this server never reached is reported; one of another epoch is a restore", async () => {
  const { caller, add } = await deploymentOf();
  await add("acme\\bob");
  const reply = await sync(caller, [], { base: { version: 900, epoch: "of a backup" } });
  expect((await suspicionsOf(caller)).codes).toEqual([]);
  await sync(caller, [], { base: { version: 900 } });
  expect(await suspicionsOf(caller)).toMatchObject({
    codes: ["base-ahead"],
    evidence: [{ sentence: expect.stringContaining("up to change 900 when this server was at change 1") }],
  });
  await sync(caller, [], { base: baseOf(reply) });
});

test("a subject in another spelling is reported without the subject", async () => {
  const { number, caller, call, add } = await deploymentOf([seats("analyzer", 3)]);
  await add("acme\\bob");
  const other = call();
  await sync(other, [patchFor(number, "acme\\bob")]);
  expect((await suspicionsOf(other)).codes).toEqual([]);
  await sync(other, [patchFor(number, "ACME\\Bob")]);
  const { codes, evidence } = await suspicionsOf(other);
  expect(codes).toEqual(["two-spellings"]);
  expect(JSON.stringify(evidence)).not.toMatch(/bob/i);
  expect((await suspicionsOf(caller)).codes).toEqual([]);
});

test("a cleared suspicion is removed and in the audit, and comes back with new evidence", async () => {
  const { number, call } = await meteredLicense();
  const caller = call();
  const clear = () => clearSuspicion(number, caller.source, "sequence-behind", SYSTEM, NOW);
  await reportOne(caller, 1, { sequence: 5 });
  await reportOne(caller, 1, { sequence: 4 });
  expect(await clear()).toMatchObject({ source: caller.source, suspicions: [], evidence: [] });
  await clear();
  const where = { chain: number, action: "deployment.cleared" };
  expect(await store().db.auditEvent.findMany({ where })).toMatchObject([
    { object: caller.source, details: { code: "sequence-behind" } },
  ]);
  await reportOne(caller, 1, { sequence: 4, month });
  expect((await suspicionsOf(caller)).codes).toEqual(["sequence-behind"]);
});

test("cleared origins start again", async () => {
  const { number, call } = await licenseWithKey();
  const here = call();
  const callAt = (minutes: number) =>
    sync(minutes % 2 === 0 ? here : { ...here, ...ELSEWHERE }, [], { now: later(minutes) });
  for (const minutes of [0, 1, 2, 3]) await callAt(minutes);
  await clearSuspicion(number, here.source, "two-places", SYSTEM, later(3));
  for (const minutes of [4, 5]) await callAt(minutes);
  expect((await suspicionsOf(here)).codes).toEqual([]);
  await callAt(6);
  expect((await suspicionsOf(here)).codes).toEqual(["two-places"]);
});

test("a suspicion of an unknown deployment isn't found", async () => {
  const { number } = await licenseWithKey();
  await expect(clearSuspicion(number, "nobody", "two-places", SYSTEM, NOW)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});

test("a row that was inserted by hand, without suspicions, can get them", async () => {
  const { number, call } = await meteredLicense();
  const caller = call();
  await store().db.$executeRaw`INSERT INTO deployment (license, source, jti, first_seen, last_seen)
    VALUES (${number}, ${caller.source}, ${caller.key.jti}::uuid, ${NOW}, ${NOW})`;
  await sync(caller, [], { base: { version: 900 } });
  expect((await suspicionsOf(caller)).codes).toEqual(["base-ahead"]);
});
