import { expect, test } from "vitest";
import type { Allotment } from "@/domain/licenses/definition";
import { SYSTEM } from "@/server/access/actor";
import { definitionOf, putDefinition } from "@/server/licenses/license-definitions";
import { store } from "@/server/store/store";
import { NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { baseOf, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { activate, readDefinition } from "./activations";

useStore();

const PRODUCTS = ["QSEfW", "QCS", "QDI"];
const analyzer = seats("analyzer", 10_000);
const professional: Allotment = seats("professional", 10);
const only = (...products: string[]): Allotment => ({ ...professional, products });

async function save(number: string, allotments: Allotment[]) {
  const { db } = store();
  const { definitionId } = await db.license.findUniqueOrThrow({ where: { number } });
  const definition = await db.$transaction((tx) => definitionOf(tx, definitionId));
  await putDefinition(number, { ...definition, allotments }, null, false, SYSTEM, NOW);
}
const logEpoch = async (license: string) =>
  (await store().db.roster.findUniqueOrThrow({ where: { license } })).epoch;

async function place(allotments: Allotment[]) {
  const { number, call, add } = await deploymentOf(allotments);
  await store().db.license.update({ where: { number }, data: { products: PRODUCTS } });
  await add("acme\\ann");
  const callers = PRODUCTS.map((product) => call({ product }));
  return { number, call, callers };
}

test("a change of products is a snapshot for callers that see other allotments after it, and for nobody else", async () => {
  const { number, callers } = await place([analyzer, only("QCS")]);
  const bases = await Promise.all(callers.map(async (caller) => baseOf(await sync(caller))));
  await save(number, [analyzer, only("QCS", "QDI")]);
  const replies = await Promise.all(callers.map((caller, i) => sync(caller, [], { base: bases[i] ?? null })));
  expect(replies.map(({ snapshot }) => snapshot)).toEqual([undefined, undefined, true]);
  const again = await Promise.all(
    callers.map((caller, i) => sync(caller, [], { base: baseOf(replies[i] ?? { bases: [], patches: [] }) })),
  );
  expect(again.map(({ snapshot }) => snapshot)).toEqual([undefined, undefined, undefined]);
});

test("a source that changes its product gets a snapshot if the new one sees other allotments", async () => {
  const { call } = await place([analyzer, only("QCS")]);
  const source = "a source";
  const base = baseOf(await sync(call({ source, product: "QSEfW" })));
  expect(await sync(call({ source, product: "QDI" }), [], { base })).not.toHaveProperty("snapshot");
  expect(await sync(call({ source, product: "QCS" }), [], { base })).toHaveProperty("snapshot", true);
});

test("the epoch is the log's if everything is open to all, and includes the scope otherwise, in every response", async () => {
  const { number, callers } = await place([analyzer, professional]);
  const epoch = await logEpoch(number);
  for (const caller of callers) expect(baseOf(await sync(caller))).toMatchObject({ epoch });
  await save(number, [analyzer, only("QCS")]);
  const [one, other] = callers;
  if (!one || !other) throw new Error("There are two callers.");
  const scoped = baseOf(await sync(one))?.epoch;
  expect(scoped).toMatch(new RegExp(`^${epoch}-[0-9a-f]{8}$`));
  expect(baseOf(await sync(other))?.epoch).not.toBe(scoped);
  expect((await activate(one, "Update", NOW)).epoch).toBe(scoped);
  expect((await (await readDefinition(one, NOW)).reply()).epoch).toBe(scoped);
  expect(await logEpoch(number)).toBe(epoch);
});

test("pages continue only in the scope that they began in", async () => {
  const { number, call, callers } = await place([analyzer, only("QCS")]);
  const patches = Array.from({ length: 5000 }, (_, i) => patchFor(number, `acme\\user${i}`));
  await sync(call(), patches);
  const [, reader] = callers;
  if (!reader) throw new Error("There is a caller.");
  const first = await sync(reader);
  expect(first.more).toEqual(expect.any(String));
  await save(number, [analyzer, only("QDI")]);
  const second = await sync(reader, [], { after: first.more });
  expect(second).toMatchObject({ snapshot: true, more: expect.any(String) });
  expect(second.patches).toHaveLength(5000);
  expect(baseOf(second)?.epoch).not.toBe(baseOf(first)?.epoch);
});
