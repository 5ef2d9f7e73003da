import { expect, test } from "vitest";
import type { Patch } from "@/domain/assignments/assignment";
import type { Base } from "@/domain/assignments/sync";
import { readElement } from "@/domain/consumption/report";
import { DAY } from "@/domain/month";
import { syncAssignments } from "@/server/assignments/log/assignments";
import { recordOnce } from "@/server/consumption/idempotent-reports";
import { store } from "@/server/store/store";
import { licenseWithKey, type TestCaller } from "@/server/testing/test-callers";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { patchFor } from "@/server/testing/test-syncs";
import { runCheck } from "./check";
import { purge } from "./purge";

useStore();

const later = (days: number, ms = 0) => new Date(NOW.getTime() + days * DAY + ms);

const sync = (caller: TestCaller, patches: Patch[], now: Date, base: Base = null) =>
  syncAssignments({ caller, base, after: null, patches, now });

/** A license with one seat held and one released at NOW: versions 1 to 3. */
async function released() {
  const license = await licenseWithKey({ allotments: [seats("analyzer", 2)] });
  const { number } = license;
  const caller = license.call();
  await sync(
    caller,
    ["acme\\ann", "acme\\bob"].map((subject) => patchFor(number, subject)),
    NOW,
  );
  const gone = [patchFor(number, "acme\\ann", { deleted: NOW.toISOString() })];
  const [{ instance } = { instance: "" }] = (await sync(caller, gone, NOW)).patches;
  return { ...license, caller, instance };
}

async function stateOf(license: string) {
  const rows = await store().db.assignment.findMany({ where: { license }, orderBy: { version: "asc" } });
  const { version, horizon } = await store().db.roster.findUniqueOrThrow({ where: { license } });
  return {
    versions: rows.map((row) => Number(row.version)),
    version: Number(version),
    horizon: Number(horizon),
  };
}

const untouched = { versions: [2, 3], version: 3, horizon: 0 };
const purged = { versions: [2], version: 3, horizon: 3 };

test("a tombstone is deleted on the 60th day, not before, and the horizon rises to it", async () => {
  const { number } = await released();
  await purge(later(60, -1));
  expect(await stateOf(number)).toEqual(untouched);
  await purge(later(60));
  expect(await stateOf(number)).toEqual(purged);
});

test("work left by a downtime is caught up, and doing it twice or at once changes nothing more", async () => {
  const { number } = await released();
  await purge(later(400));
  expect(await stateOf(number)).toEqual(purged);
  const again = await released();
  await Promise.all([purge(later(400)), purge(later(400)), purge(later(401))]);
  expect([await stateOf(number), await stateOf(again.number)]).toEqual([purged, purged]);
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

test("everything that is due is deleted, however few rows one statement may take", async () => {
  const { number, caller } = await released();
  const [patch = patchFor(number, "acme\\max")] = (await sync(caller, [patchFor(number, "acme\\max")], NOW))
    .patches;
  await sync(
    caller,
    [{ ...patchFor(number, "acme\\max"), instance: patch.instance, deleted: NOW.toISOString() }],
    NOW,
  );
  expect((await stateOf(number)).versions).toEqual([2, 3, 5]);
  await purge(later(60), 1);
  expect(await stateOf(number)).toEqual({ versions: [2], version: 5, horizon: 5 });
});

test("a purge runs beside syncs of the same license", async () => {
  const { number, caller } = await released();
  await Promise.all([
    purge(later(60)),
    ...[1, 2, 3].map((index) => sync(caller, [patchFor(number, `acme\\new${index}`)], later(60))),
    purge(later(60)),
  ]);
  expect(await stateOf(number)).toEqual({ versions: [2, 4], version: 4, horizon: 3 });
});

const purgeOrNot = test.each([
  ["purged", purge],
  ["still there", async () => {}],
]);

purgeOrNot(
  "a base below a trace of 60 days that is %s gets a snapshot; at it the changes are enough",
  async (_, run) => {
    const { caller } = await released();
    expect(await sync(caller, [], NOW, { version: 1 })).not.toHaveProperty("snapshot");
    const young = await sync(caller, [], later(60, -1), { version: 2 });
    expect(young.patches).toMatchObject([{ version: 3, deleted: NOW.toISOString() }]);
    expect(young).not.toHaveProperty("snapshot");
    await run(later(60));
    expect(await sync(caller, [], later(60), { version: 2 })).toMatchObject({
      snapshot: true,
      bases: [{ version: 3 }],
      patches: [{ subject: "acme\\bob" }],
    });
    const followed = await sync(caller, [], later(60), { version: 3 });
    expect(followed).not.toHaveProperty("snapshot");
    expect(followed.patches).toEqual([]);
  },
);

purgeOrNot("a trace of 60 days that is %s is no repeat's answer and no release's", async (_, run) => {
  const { number, caller, instance } = await released();
  await run(later(60));
  const again = patchFor(number, "acme\\ann", { instance, deleted: later(59).toISOString() });
  expect((await sync(caller, [again], later(60), { version: 3 })).patches).toEqual([
    { ...again, rejection: "" },
  ]);
  expect((await sync(caller, [patchFor(number, "acme\\ann")], later(60))).patches).toMatchObject([
    { version: 4, subject: "acme\\ann", rejection: "" },
    { subject: "acme\\bob" },
  ]);
});

test("rejections are deleted 30 days after the last time, responses to idempotent reports after a day", async () => {
  const allotments = [seats("analyzer", 0), minutes("analyzer_time", 5)];
  const { number, call } = await licenseWithKey({ allotments });
  const caller = call();
  await sync(caller, [patchFor(number, "acme\\ann"), patchFor(number, "acme\\bob")], NOW);
  await sync(caller, [patchFor(number, "acme\\bob")], later(10));
  const element = readElement({ allotment: "analyzer_time", month: "2026-08", consumption: 5 }, NOW);
  await recordOnce({ caller, elements: [element], now: NOW }, "once");
  const left = async (now: Date) => {
    await purge(now, 1);
    const where = { license: number };
    return [await store().db.rejection.count({ where }), await store().db.idempotentReport.count({ where })];
  };
  expect(await left(later(1, -1))).toEqual([2, 1]);
  expect(await left(later(1))).toEqual([2, 0]);
  expect(await left(later(30, -1))).toEqual([2, 0]);
  expect(await left(later(30))).toEqual([1, 0]);
  expect(await left(later(40))).toEqual([0, 0]);
});
