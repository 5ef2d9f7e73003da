import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { store } from "@/server/store/store";
import { licenseWithKey } from "@/server/testing/test-callers";
import { NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { sync } from "@/server/testing/test-syncs";
import { activate, readDefinition } from "./activations";
import { deploymentFacets, listDeployments } from "./deployment-list";
import { findDeployment, forgetDeployment } from "./deployments";

useStore();

const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

async function withDeployments() {
  const { number, call } = await licenseWithKey();
  const deployment = async (source: string, days: number, more: object = {}) => {
    await activate(call({ source, ...more }), "Initial", later(days));
    return source;
  };
  return { number, site: deployment };
}

test("deployments are counted and found by their state", async () => {
  const { number, site } = await withDeployments();
  await site("early", 0);
  await site("skewed", 9.5, { clockSkew: -400 });
  await site("late", 10, { product: null, version: null, os: null });
  await store().db.deployment.updateMany({ where: { license: number, source: "early" }, data: { base: 3 } });
  await store().db.roster.update({ where: { license: number }, data: { version: 5 } });
  const now = later(10);
  const facets = await deploymentFacets(number, now);
  const rest = { offline: 0, suspicious: 0, behind: 1, skewed: 1 };
  expect(facets.counts).toEqual({ all: 3, seen: 2, silent: 1, forgettable: 0, ...rest });
  const found = async (filter: Parameters<typeof listDeployments>[1]) =>
    (await listDeployments(number, filter, now)).items.map(({ source }) => source);
  expect(await found({ limit: 9, state: "silent" })).toEqual(["early"]);
  expect(await found({ limit: 9, state: "behind" })).toEqual(["early"]);
  expect(await found({ limit: 9, state: "skewed" })).toEqual(["skewed"]);
  expect(await found({ limit: 9, sort: "contact" })).toEqual(["early", "skewed", "late"]);
  expect(await found({ limit: 9, sort: "-product" })).toHaveLength(3);
  expect(await found({ limit: 9, before: later(9.5) })).toEqual(["early"]);
  const month = await listDeployments(number, { limit: 9, state: "forgettable" }, later(31));
  expect(month.items.map(({ source }) => source)).toEqual(["early"]);
});

test("deployments are found by the key that they use", async () => {
  const { number, site } = await withDeployments();
  await site("first", 0);
  const [key] = await store().db.signedKey.findMany({ where: { licenseNumber: number } });
  const spare = await issueLicenseKey(number, "spare", SYSTEM, NOW);
  await site("second", 0);
  await store().db.deployment.updateMany({
    where: { license: number, source: "second" },
    data: { jti: spare.jti },
  });
  const by = async (jti: string) =>
    (await listDeployments(number, { limit: 9, key: jti }, NOW)).items.map(({ source }) => source);
  expect(await by(spare.jti)).toEqual(["second"]);
  expect(await by(key?.jti ?? "")).toEqual(["first"]);
  expect((await deploymentFacets(number, NOW)).keys).toContainEqual({ jti: spare.jti, label: "spare" });
  expect((await deploymentFacets(number, NOW)).keys).toHaveLength(2);
});

test("pages continue where the last one ended, and rows without a value come last", async () => {
  const { number, site } = await withDeployments();
  for (const [source, name] of [
    ["a", "Zagreb"],
    ["b", null],
    ["c", "Athens"],
    ["d", null],
  ] as const) {
    await site(source, 0);
    await store().db.deployment.updateMany({ where: { license: number, source }, data: { name } });
  }
  for (const [source, allotment, month, consumed] of [
    ["a", "analyzer_time", "2026-08", 10],
    ["c", "analyzer_time", "2026-08", 5],
    ["c", "core_time", "2026-08", 6],
    ["d", "core_time", "2026-07", 99],
  ] as const)
    await store().db.usage.create({ data: { license: number, source, allotment, month, consumed } });
  for (const [sort, expected] of [
    ["name", ["c", "a", "b", "d"]],
    ["-name", ["a", "c", "d", "b"]],
    ["share", ["a", "c", "b", "d"]],
    ["-share", ["c", "a", "d", "b"]],
  ] as const) {
    const sources: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listDeployments(number, { limit: 1, sort, cursor }, NOW);
      sources.push(...page.items.map(({ source }) => source));
      cursor = page.cursor ?? undefined;
    } while (cursor);
    expect(sources, sort).toEqual(expected);
  }
});

test("only a deployment that has been silent for 30 days can be forgotten, and the audit records it", async () => {
  const { number, site } = await withDeployments();
  await site("gone", 0);
  await expect(forgetDeployment(number, "gone", SYSTEM, later(29.9))).rejects.toMatchObject({
    code: "DEPLOYMENT_ALIVE",
  });
  await forgetDeployment(number, "gone", SYSTEM, later(30));
  expect(await findDeployment(number, "gone", later(30))).toBeNull();
  await expect(forgetDeployment(number, "gone", SYSTEM, later(30))).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const where = { chain: number, action: "deployment.forgotten" };
  expect(await store().db.auditEvent.findMany({ where })).toMatchObject([
    { object: "gone", details: { name: null, lastSeen: NOW.toISOString() } },
  ]);
});

test("the features of a deployment are those that it announced last", async () => {
  const { number, call } = await licenseWithKey();
  const caller = call();
  const features = async () => (await findDeployment(number, caller.source, NOW))?.features;
  await activate(caller, "Initial", NOW);
  expect(await features()).toEqual([]);
  await activate({ ...caller, features: ["leases", "dual-use"] }, "Update", NOW);
  expect(await features()).toEqual(["leases", "dual-use"]);
  await sync(caller);
  expect(await features()).toEqual(["leases", "dual-use"]);
  await readDefinition({ ...caller, features: [] }, later(2));
  expect(await features()).toEqual([]);
});
