import { afterAll, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { listRejections } from "@/server/assignments/lists/rejections";
import { changeLicense } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { runCheck } from "@/server/maintenance/check";
import { store } from "@/server/store/store";
import { CALLERS_BY_REFUSAL } from "@/server/testing/test-callers";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { deletion, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { changeAssignments } from "./assignment-changes";

useStore();

afterAll(async () => {
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

test("a definition with fewer units leaves excess, and a release brings the next seat in order back", async () => {
  const { number, definition, add, call } = await deploymentOf();
  const held = await add("acme\\ann", "acme\\bob", "acme\\cid");
  const smaller = { ...definition, allotments: [seats("analyzer", 1)] };
  await putDefinition(number, smaller, null, false, SYSTEM, NOW);
  const excess = async () =>
    (await sync(call())).patches.map(({ subject, excess: isExcess = false }) => [subject, isExcess]);
  expect(await excess()).toEqual([
    ["acme\\ann", false],
    ["acme\\bob", true],
    ["acme\\cid", true],
  ]);
  expect(await add("acme\\dan")).toMatchObject([{ rejection: "NO_AVAILABLE_UNITS" }]);
  await sync(call(), held.slice(0, 1).map(deletion));
  expect(await excess()).toEqual([
    ["acme\\bob", false],
    ["acme\\cid", true],
  ]);
});

test("a rejection is returned as it was sent, listed with its count, and removed with the seat", async () => {
  const { number, caller, add } = await deploymentOf([seats("analyzer", 1)]);
  const [holder] = await add("acme\\ann");
  const sent = patchFor(number, "ACME\\Bob");
  for (const times of [1, 2]) {
    const now = new Date(NOW.getTime() + times);
    expect((await sync(caller, [sent], { now })).patches.at(0)).toEqual({
      ...sent,
      rejection: "NO_AVAILABLE_UNITS",
    });
    const { items } = await listRejections(number, { limit: 10 });
    expect(items).toMatchObject([{ subject: "ACME\\Bob", code: "NO_AVAILABLE_UNITS", times, last: now }]);
  }
  await sync(caller, holder ? [deletion(holder), sent] : []);
  expect((await listRejections(number, { limit: 10 })).items).toEqual([]);
  expect((await sync(caller)).patches).toMatchObject([{ subject: "ACME\\Bob", rejection: "" }]);
});

test("an allotment for other products doesn't exist for this one", async () => {
  const { number, call } = await deploymentOf([
    { ...seats("analyzer", 3), products: ["QCS"] },
    minutes("analyzer_time", 5),
  ]);
  await changeLicense(number, { products: ["QSEfW", "QCS"] }, null, SYSTEM, NOW);
  const rejections = async (product: string) =>
    (
      await sync(
        call({ product }),
        ["analyzer", "analyzer_time"].map((allotment) => patchFor(number, "x\\y", { allotment })),
      )
    ).patches.map(({ rejection }) => rejection);
  expect(await rejections("QSEfW")).toEqual(["UNKNOWN_ALLOTMENT", "NOT_ASSIGNABLE"]);
  expect(await rejections("QCS")).toEqual(["", "NOT_ASSIGNABLE"]);
});

test("the latest day of use is kept without a new version or an event", async () => {
  const { number, caller, add } = await deploymentOf();
  const [row] = await add("acme\\ann");
  const state = async () => {
    const { version, auditSequence } = await store().db.roster.findUniqueOrThrow({
      where: { license: number },
    });
    const { lastUsed } = await store().db.assignment.findFirstOrThrow({ where: { license: number } });
    return { version, auditSequence, day: lastUsed?.toISOString().slice(0, 10) };
  };
  const before = await state();
  const use = (lastUsed: string) =>
    sync(caller, [patchFor(number, "acme\\ann", { instance: row?.instance ?? "", lastUsed })]);
  for (const day of ["2026-08-20", "2026-08-22T23:00:00Z", "2026-08-21"]) await use(day);
  expect(await state()).toEqual({ ...before, day: "2026-08-22" });
});

test("a sync records its deployment and its base, at most once a minute unless something changed", async () => {
  const { number, caller } = await deploymentOf();
  const later = (ms: number) => new Date(NOW.getTime() + ms);
  const seen = async () => {
    const { lastSync, base } = await store().db.deployment.findFirstOrThrow({ where: { license: number } });
    return [lastSync, Number(base)];
  };
  await sync(caller);
  await sync(caller, [], { now: later(59_000) });
  expect(await seen()).toEqual([NOW, 0]);
  await sync(caller, [], { now: later(60_000) });
  expect(await seen()).toEqual([later(60_000), 0]);
  await sync(caller, [patchFor(number, "acme\\ann")]);
  await sync(caller, [], { now: later(60_001), base: { version: 1 } });
  expect(await seen()).toEqual([later(60_001), 1]);
});

test("changes by hand apply together or not at all", async () => {
  const { number } = await deploymentOf([seats("analyzer", 1)]);
  const patches = ["acme\\ann", "acme\\bob"].map((subject) => patchFor(number, subject));
  const changer = { source: "console", actor: SYSTEM, now: NOW, allOrNothing: true };
  await expect(changeAssignments(number, patches, changer)).rejects.toMatchObject({
    code: "NO_AVAILABLE_UNITS",
  });
  expect(await store().db.assignment.count({ where: { license: number } })).toBe(0);
  expect(await store().db.rejection.count({ where: { license: number } })).toBe(0);
});

test.each(CALLERS_BY_REFUSAL)("a caller that is refused for %s changes nothing", async (code, spoil) => {
  const { number, caller } = await deploymentOf();
  await spoil(caller);
  await expect(sync(caller, [patchFor(number, "acme\\ann")])).rejects.toMatchObject({ code });
  await expect(sync(caller)).rejects.toMatchObject({ code });
  for (const table of ["assignment", "rejection", "deployment"] as const)
    expect(
      await store().sql.query({ name: `count_${table}`, text: `SELECT 1 FROM ${table} WHERE license = $1` }, [
        number,
      ]),
    ).toEqual([]);
});
