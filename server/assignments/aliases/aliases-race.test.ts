import { afterAll, expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { runCheck } from "@/server/maintenance/check";
import { store } from "@/server/store/store";
import { licenseWithKey } from "@/server/testing/test-callers";
import { NOW, seats } from "@/server/testing/test-licenses";
import { startReplica } from "@/server/testing/test-replica";
import { storeKind, useStore } from "@/server/testing/test-store";
import { patchFor, sync } from "@/server/testing/test-syncs";
import { declareAlias, removeAlias } from "./alias-changes";
import { listAliases } from "./alias-list";

useStore();

afterAll(async () => {
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

const PAIR = { subject: "acme\\bob", alias: "acme\\rob" };
const liveOf = async (license: string) =>
  (await store().db.allotment.findMany({ where: { licenseNumber: license } })).map(({ live }) => live);

test("whoever declares beside adds of both names, the user has one seat", async () => {
  for (let round = 0; round < 10; round += 1) {
    const { number, call } = await licenseWithKey({ allotments: [seats("analyzer", 5)] });
    const scope = { license: number, actor: SYSTEM, now: NOW };
    await Promise.all([
      ...[PAIR.subject, PAIR.alias].map((subject) => sync(call(), [patchFor(number, subject)])),
      declareAlias(scope, PAIR),
      declareAlias(scope, PAIR),
    ]);
    expect(await liveOf(number)).toEqual([1]);
    expect((await listAliases(number, { limit: 10 })).items).toHaveLength(1);
  }
});

test("two users can't become aliases of each other", async () => {
  const { number } = await licenseWithKey({ allotments: [seats("analyzer", 5)] });
  const scope = { license: number, actor: SYSTEM, now: NOW };
  const other = { subject: PAIR.alias, alias: PAIR.subject };
  const results = await Promise.allSettled([declareAlias(scope, PAIR), declareAlias(scope, other)]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

test.runIf(storeKind() === "postgresql")(
  "adds at two replicas beside a declaration at a third give the user one seat",
  async () => {
    const { number, call } = await licenseWithKey({ allotments: [seats("analyzer", 9)] });
    const replicas = ["bob", "rob"].map((source) => startReplica([call({ source })]));
    for (const { lines } of replicas) expect((await lines.next()).value).toBe("ready");
    for (const { child } of replicas) child.stdin.write("go\n");
    const scope = { license: number, actor: SYSTEM, now: NOW };
    const { id } = await declareAlias(scope, PAIR);
    const told = await Promise.all(replicas.map(async ({ lines }) => (await lines.next()).value));
    expect(told).toEqual(['[""]', '[""]']);
    expect(await liveOf(number)).toEqual([1]);
    await removeAlias(scope, id);
    expect(await liveOf(number)).toEqual([1]);
  },
);
