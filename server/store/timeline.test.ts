import { expect, test } from "vitest";
import type { ReportElement } from "@/domain/consumption/report";
import { readPages } from "@/server/assignments/log/sync-reading";
import { READ_DELTA } from "@/server/assignments/log/sync-statements";
import { readConsumption, recordAlone, recordConsumption } from "@/server/consumption/consumption";
import { recordOnce } from "@/server/consumption/idempotent-reports";
import { activate, readDefinition } from "@/server/deployments/activations";
import { prepareInstallation } from "@/server/maintenance/installation";
import { noticeRestore } from "@/server/restores/restores";
import type { TestCaller } from "@/server/testing/test-callers";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { baseOf, deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { store } from "./store";

useStore();

const MONTH = "2026-08";
const used = (caller: TestCaller, sequence: number) => ({
  caller,
  elements: [element(sequence)],
  now: NOW,
});
const element = (sequence: number): ReportElement => ({
  id: sequence,
  allotment: "analyzer_time",
  key: "analyzer_time",
  month: MONTH,
  consumption: 6,
  sequence,
});

const place = () => deploymentOf([seats("analyzer", 10), minutes("analyzer_time", 100)]);
const timeline = async () => (await store().db.installation.findUniqueOrThrow({ where: { id: 1 } })).timeline;
const anotherTimeline = (text: string | null) =>
  store().db.installation.update({ where: { id: 1 }, data: { timeline: text } });
const restores = () => store().db.auditEvent.count({ where: { action: "installation.restored" } });
const epochs = async () => new Set((await store().db.roster.findMany()).map(({ epoch }) => epoch));

test("every call after a failover gets a response, once one of them has marked the store as restored", async () => {
  const { number, caller, call, add } = await place();
  await add("acme\\ann", "acme\\bob");
  const base = baseOf(await sync(caller));
  const before = { restores: await restores(), epochs: await epochs(), timeline: await timeline() };
  await anotherTimeline("00000009");
  const patch = patchFor(number, "acme\\eve");
  const [synced, patched, ...others] = await Promise.all([
    sync(caller, [], { base }),
    sync(call(), [patch], { base }),
    sync(call(), [], { base }),
    recordConsumption(used(caller, 1)),
    recordConsumption(used(call(), 1)),
    recordOnce(used(call(), 1), "key"),
    readDefinition(caller, NOW),
    readConsumption(caller, MONTH, NOW),
    activate(call(), "Initial", NOW),
  ]);
  expect(others).toHaveLength(7);
  expect(await timeline()).toBe(before.timeline);
  expect(await restores()).toBe(before.restores + 1);
  const [epoch, ...rest] = await epochs();
  expect([before.epochs.has(epoch ?? ""), rest]).toEqual([false, []]);
  expect(synced).toMatchObject({ snapshot: true, bases: [{ epoch }] });
  expect(patched).toMatchObject({ snapshot: true, patches: [{ subject: "acme\\eve", version: 3 }, {}, {}] });
  expect(await sync(caller, [], { base: baseOf(synced) })).toMatchObject({ bases: [{ version: 3, epoch }] });
  expect(await readConsumption(caller, MONTH, NOW)).toMatchObject([{ total: 18 }]);
});

test("a statement that meets another timeline writes nothing and returns nothing", async () => {
  const { number, call } = await place();
  const caller = call();
  await anotherTimeline("00000009");
  await expect(recordAlone(store().sql, used(caller, 1))).rejects.toThrow("went back in time");
  const page = { caller, sent: 1, from: 1, to: 9, now: NOW, taken: null };
  await readPages(store().sql, READ_DELTA, [page], 10);
  const where = { license: number };
  expect(await store().db.deployment.count({ where })).toBe(0);
  expect(await store().db.usage.count({ where })).toBe(0);
  expect(await store().db.usageMonth.count({ where })).toBe(0);
  expect(await store().db.usageDay.count({ where })).toBe(0);
  await noticeRestore(NOW);
  expect(await recordConsumption(used(caller, 1))).toMatchObject([{ total: 6, duplicate: false }]);
});

test("the first start after an upgrade is no restore; a start on another database or folder is one", async () => {
  const known = await timeline();
  const before = await restores();
  await anotherTimeline(null);
  await prepareInstallation(NOW);
  expect([await timeline(), await restores()]).toEqual([known, before]);
  await store().db.installation.update({ where: { id: 1 }, data: { fingerprint: "another" } });
  await prepareInstallation(NOW);
  await prepareInstallation(NOW);
  expect(await restores()).toBe(before + 1);
});
