import { afterAll, expect, test } from "vitest";
import { verifyChain } from "@/server/audit/chain";
import { runCheck } from "@/server/maintenance/check";
import { store } from "@/server/store/store";
import { NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { deletion, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";

useStore();

afterAll(async () => {
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

/** So many that saving them takes several statements. */
const MANY = 600;
const LATER = "2026-08-24T10:00:01.000Z";
const people = Array.from({ length: MANY }, (_, at) => `acme\\user${at}`);

async function auditOf(chain: string) {
  const where = { chain, action: { startsWith: "assignment." } };
  const events = await store().db.auditEvent.findMany({ where, orderBy: { sequence: "asc" } });
  return events.map(({ action, object }) => `${action} ${object}`);
}

test("many seats that are released and taken again at once are saved like a few", async () => {
  const { number, caller, add } = await deploymentOf([seats("analyzer", MANY)]);
  const first = await add(...people);
  expect((await add("acme\\late")).map(({ rejection }) => rejection)).toEqual(["NO_AVAILABLE_UNITS"]);
  const [last, ...kept] = first.toReversed();
  const again = kept.map(({ subject }) => patchFor(number, subject, { created: LATER }));
  const patches = [
    ...(last ? [deletion(last)] : []),
    ...kept.map((row) => deletion(row)),
    ...again,
    patchFor(number, "acme\\late"),
    patchFor(number, "acme\\too-late"),
  ];
  const results = (await sync(caller, patches)).patches.slice(0, patches.length);
  expect(results.map(({ rejection }) => rejection)).toEqual([
    ...patches.slice(0, -1).map(() => ""),
    "NO_AVAILABLE_UNITS",
  ]);
  const live = await store().db.assignment.findMany({ where: { license: number, deleted: null } });
  expect(live).toHaveLength(MANY);
  expect(await store().db.allotment.findMany({ where: { licenseNumber: number } })).toMatchObject([
    { live: MANY },
  ]);
  expect(await store().db.rejection.count({ where: { license: number } })).toBe(1);
  const added = results.slice(MANY, -1).map(({ instance }) => `assignment.added ${instance}`);
  expect(await auditOf(number)).toEqual([
    ...first.map(({ instance }) => `assignment.added ${instance}`),
    ...first.toReversed().map(({ instance }) => `assignment.released ${instance}`),
    ...added,
  ]);
  expect(await verifyChain(number)).toMatchObject({ whole: true });
});

test("a subject that is rejected after its seat was released stays listed, however many seats were saved", async () => {
  const { number, caller, add } = await deploymentOf([seats("analyzer", MANY)]);
  const [eve] = await add("acme\\eve");
  const passing = patchFor(number, "acme\\passing");
  const patches = [
    ...(eve ? [deletion(eve)] : []),
    passing,
    { ...passing, deleted: NOW.toISOString() },
    ...people.map((subject) => patchFor(number, subject)),
    patchFor(number, "acme\\passing", { created: LATER }),
  ];
  const { patches: results } = await sync(caller, patches);
  expect(results.at(patches.length - 1)?.rejection).toBe("NO_AVAILABLE_UNITS");
  expect(await store().db.rejection.count({ where: { license: number } })).toBe(1);
});

test("if one of several statements fails nothing is saved", async () => {
  const { number, add } = await deploymentOf([seats("analyzer", MANY)]);
  const { db } = store();
  await db.$executeRawUnsafe(
    `ALTER TABLE assignment ADD CONSTRAINT "few" CHECK (license <> '${number}' OR version < 400)`,
  );
  await expect(add(...people)).rejects.toThrow();
  await db.$executeRawUnsafe('ALTER TABLE assignment DROP CONSTRAINT "few"');
  expect(await db.assignment.count({ where: { license: number } })).toBe(0);
  expect(await auditOf(number)).toEqual([]);
  expect((await add(...people)).every(({ rejection }) => rejection === "")).toBe(true);
});
