import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { DAY } from "@/domain/month";
import { SYSTEM } from "@/server/access/actor";
import { readConsumption } from "@/server/consumption/consumption";
import { recordOnce } from "@/server/consumption/idempotent-reports";
import { monthUsage } from "@/server/consumption/usage";
import { activate, readDefinition } from "@/server/deployments/activations";
import { changeLicense } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { runCheck } from "@/server/maintenance/check";
import { purge } from "@/server/maintenance/purge";
import { beginEpoch } from "@/server/restores/restores";
import { store } from "@/server/store/store";
import { issue } from "@/server/testing/test-checkouts";
import { boundedLicense, leaseItem, reportLeased, runOf } from "@/server/testing/test-leases";
import { minutes, NOW } from "@/server/testing/test-licenses";
import { element, month, reportOne } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { endHold } from "./lease-hold";
import { listLeases } from "./lease-list";
import { previewRelease, releaseLease } from "./lease-release";

useStore();

const later = (ms: number) => new Date(NOW.getTime() + ms);
const usageOf = async (license: string, at = NOW) => (await monthUsage(license, month, at)).allotments[0];
const auditOf = (chain: string, action: string) =>
  store().db.auditEvent.findMany({ where: { chain, action } });
const listed = async (license: string, at = NOW) =>
  (await listLeases(license, { month, limit: 50 }, at)).items;
const broken = async () => (await runCheck()).filter((rule) => rule.broken > 0);

test("a run reserves minutes, settles them with its reports, and gives back the rest", async () => {
  const { number, call } = await boundedLicense();
  const site = runOf(call());
  expect(await site.ask(60)).toEqual({
    ...{
      id: 1,
      lease: expect.any(String),
      allotment: "analyzer_time",
      month,
      sequence: 1,
      granted: 60,
      booked: 0,
    },
    ...{ total: 0, reserved: 60, cap: 300, free: 240, expires: later(DAY / 2).toISOString() },
  });
  site.use(42);
  expect(await site.report(30)).toMatchObject({
    sequence: 2,
    granted: 72,
    booked: 42,
    total: 42,
    reserved: 30,
  });
  expect(await usageOf(number)).toMatchObject({
    total: 42,
    reserved: 30,
    unleased: 0,
    capSoFar: 300,
    free: 228,
  });
  expect(await site.ask(0)).toMatchObject({ granted: 42, booked: 42, reserved: 0, free: 258 });
  expect(await broken()).toEqual([]);
});

test("nothing is granted above the cap", async () => {
  const { number, call } = await boundedLicense();
  const sites = Array.from({ length: 3 }, () => runOf(call()));
  const granted: unknown[] = [];
  for (const site of sites) granted.push(Object(await site.ask(600)).granted);
  expect(granted).toEqual([300, 0, 0]);
  expect(await usageOf(number)).toMatchObject({ total: 0, reserved: 300, free: 0 });
});

test("what is left is spread over the deployments that share it", async () => {
  const { call } = await boundedLicense();
  const sites = Array.from({ length: 5 }, () => runOf(call()));
  for (const site of sites) await site.ask(6);
  expect(await sites[0]?.ask(600)).toMatchObject({ granted: 6 + 42, free: 228 });
});

describe("a call that arrives twice", () => {
  test("a repeated request gets the same answer, and reserves nothing more", async () => {
    const { call } = await boundedLicense();
    const [caller, run] = [call(), randomUUID()];
    const ask = async () => (await reportLeased(caller, [], [leaseItem(run, 1)])).leases[0];
    const first = await ask();
    await runOf(call()).ask(600);
    expect(await ask()).toMatchObject({ granted: 60, sequence: 1, reserved: 180, free: 120 });
    expect(first).toMatchObject({ granted: 60, reserved: 60 });
    expect((await reportLeased(caller, [], [leaseItem(run, 3)])).leases[0]).toMatchObject({ sequence: 3 });
    expect(await ask()).toMatchObject({ error: { code: "SEQUENCE_BEHIND" }, sequence: 3, granted: 60 });
  });

  test("a repeated report changes no lease", async () => {
    const { number, call } = await boundedLicense();
    const [caller, run] = [call(), randomUUID()];
    const [begun] = (await reportLeased(caller, [], [leaseItem(run, 1)])).leases;
    const sent = element(12, { sequence: 1, lease: (begun as { lease: string }).lease });
    for (const _ of [1, 2]) await reportLeased(caller, [sent, sent], [leaseItem(run, 2, { used: 12 })]);
    expect(await listed(number)).toMatchObject([{ granted: 72, booked: 12, reserved: 60 }]);
    expect(await usageOf(number)).toMatchObject({ total: 12, reserved: 60, unleased: 0 });
  });

  test("with an Idempotency-Key the leases are answered again too", async () => {
    const { call } = await boundedLicense();
    const report = { caller: call(), elements: [], leases: [leaseItem(randomUUID(), 1)], now: NOW };
    const first = await recordOnce(report, "a");
    expect(await recordOnce(report, "a")).toEqual(first);
    await expect(recordOnce({ ...report, leases: [leaseItem(randomUUID(), 1)] }, "a")).rejects.toMatchObject({
      code: "IDEMPOTENCY_KEY_REUSED",
    });
  });
});

test("each request is decided on its own, and the elements of the report count", async () => {
  const { call, ...license } = await boundedLicense();
  const run = randomUUID();
  const items = [
    leaseItem(run, 0),
    leaseItem(run, 1, { allotment: "token_time" }),
    leaseItem(run, 1, { allotment: "analyzer" }),
    leaseItem(run, 1, { month: "2026-07" }),
    leaseItem(run, 1, { month: "2026-09" }),
    leaseItem(run, 1, { allotment: "Core_Time" }),
    leaseItem(run, 1),
  ];
  const { consumption, leases } = await reportLeased(call(), [element(6, { sequence: 1 })], items);
  expect(consumption).toMatchObject([{ total: 6 }]);
  expect(leases.map((result) => ("error" in result ? result.error.code : result.granted))).toEqual([
    ...["INVALID_ITEM", "UNKNOWN_ALLOTMENT", "NOT_METERED", "MONTH_CLOSED", "MONTH_CLOSED"],
    ...[null, 60],
  ]);
  expect(leases[5]).toMatchObject({ allotment: "Core_Time", cap: null, free: null });
  expect(await store().db.usageMonth.count({ where: { license: license.number } })).toBe(2);
});

test("minutes of the next month can be reserved a day before it begins", async () => {
  const { call } = await boundedLicense();
  const [caller, run] = [call(), randomUUID()];
  const ask = async (at: string) =>
    (await reportLeased(caller, [], [leaseItem(run, 1, { month: "2026-09" })], new Date(at))).leases[0];
  expect(await ask("2026-08-30T23:59:59Z")).toMatchObject({ error: { code: "MONTH_CLOSED" } });
  expect(await ask("2026-08-31T00:00:00Z")).toMatchObject({ granted: 60, month: "2026-09" });
});

test("a license that isn't bounded grants nothing, and settles what was granted before", async () => {
  const { number, call } = await boundedLicense();
  const site = runOf(call());
  await site.ask(60);
  await changeLicense(number, { settings: { whenOffline: "optimistic" } }, null, SYSTEM, NOW);
  site.use(18);
  expect(await site.report(60)).toMatchObject({ error: { code: "LEASES_OFF" } });
  expect(await usageOf(number)).toMatchObject({ total: 18, reserved: 42, unleased: 0 });
  expect(await broken()).toEqual([]);
});

describe("reported minutes", () => {
  test("those above the lease, without one, or with an unknown one are booked as unleased", async () => {
    const { number, call } = await boundedLicense();
    const site = runOf(call());
    await site.ask(30);
    site.use(36);
    expect(await site.report(0)).toMatchObject({ granted: 36, booked: 36, reserved: 0 });
    expect(await usageOf(number)).toMatchObject({ total: 36, unleased: 6 });
    await reportOne(call(), 6, { sequence: 1 });
    await reportLeased(call(), [element(6, { lease: randomUUID() })], []);
    const foreign = element(6, { lease: site.lease?.lease });
    await reportLeased(call(), [foreign], []);
    expect(await usageOf(number)).toMatchObject({ total: 54, unleased: 24, reserved: 0 });
  });

  test("those of an earlier run belong to its lease, whose rest stays reserved", async () => {
    const { number, call } = await boundedLicense();
    const caller = call();
    const [before, after] = [runOf(caller), runOf(caller)];
    await before.ask(60);
    await after.ask(60);
    await reportLeased(caller, [element(24, { sequence: 1, lease: before.lease?.lease })], []);
    expect(await usageOf(number)).toMatchObject({ total: 24, reserved: 96, unleased: 0 });
    expect(
      (await listed(number)).map(({ run, state, reserved }) => [run, state, reserved]).toSorted(),
    ).toEqual(
      [
        [before.run, "ended", 36],
        [after.run, "open", 60],
      ].toSorted(),
    );
    expect(await store().db.usageMonth.findFirst({ where: { license: number } })).toMatchObject({
      openLeases: 1,
    });
    expect(await broken()).toEqual([]);
  });

  test("those of a month that has ended settle without end", async () => {
    const { number, call } = await boundedLicense();
    const site = runOf(call());
    await site.ask(60);
    const october = new Date("2026-10-20T10:00:00Z");
    site.use(60);
    expect(await site.report(0, october)).toMatchObject({ error: { code: "MONTH_CLOSED" } });
    expect(await usageOf(number, october)).toMatchObject({ total: 60, reserved: 0, unleased: 0 });
  });
});

test("reserved minutes stay reserved after they have expired, and are shown as ended", async () => {
  const { number, call } = await boundedLicense();
  await runOf(call()).ask(60);
  const tomorrow = later(DAY);
  expect(await listed(number, tomorrow)).toMatchObject([
    { state: "ended", reserved: 60, expires: later(DAY / 2) },
  ]);
  expect(await usageOf(number, tomorrow)).toMatchObject({ reserved: 60 });
  expect(await usageOf(number, new Date("2026-09-01T00:00:00Z"))).toMatchObject({ reserved: 0 });
});

test("two copies of a run get nothing more, and the deployment is suspicious", async () => {
  const { number, call } = await boundedLicense();
  const [caller, run] = [call(), randomUUID()];
  await reportLeased(caller, [], [leaseItem(run, 1)]);
  const copy = await reportLeased(caller, [], [leaseItem(run, 1, { used: 6 })]);
  expect(copy.leases[0]).toMatchObject({ error: { code: "RUN_COPIED" }, granted: 60 });
  expect((await reportLeased(caller, [], [leaseItem(run, 2, { used: 30 })])).leases[0]).toMatchObject({
    error: { code: "RUN_COPIED" },
  });
  const { evidence } = await store().db.deployment.findFirstOrThrow({ where: { license: number } });
  expect(Object.keys(Object(evidence))).toEqual(["run-copied"]);
});

describe("a deployment that can't reserve", () => {
  test("gets no minutes of a bounded license, and what it uses is booked", async () => {
    const { number, call } = await boundedLicense();
    const caller = { ...call(), features: [] };
    const { definition, settings } = await activate(caller, "Initial", NOW);
    expect(definition.allotments).toMatchObject([
      { name: "analyzer_time", units: [] },
      { name: "core_time", units: [{ count: 60 }], overage: "YES" },
      { name: "analyzer", units: [{ count: 5 }] },
    ]);
    expect(definition.allotments[0]).not.toHaveProperty("overage");
    expect(settings.whenOffline).toBe("bounded");
    const nothing = { quota: 0, overage: 0, remaining: 0, denied: true };
    expect(await reportOne(caller, 12)).toMatchObject({ total: 12, ...nothing });
    expect(await readConsumption(caller, month, NOW)).toMatchObject([
      { allotment: "analyzer_time", total: 12, ...nothing },
      { allotment: "core_time", quota: 60, overage: "YES", denied: false },
    ]);
    expect(await usageOf(number)).toMatchObject({ total: 12, unleased: 12 });
  });

  test("learns of the setting by another ETag", async () => {
    const { number, call } = await boundedLicense({ settings: {} });
    const [able, unable] = [call(), { ...call(), features: [] }];
    const etags = () => Promise.all([able, unable].map(async (one) => (await readDefinition(one, NOW)).etag));
    const before = await etags();
    expect(new Set(before).size).toBe(1);
    await changeLicense(number, { settings: { whenOffline: "bounded" } }, null, SYSTEM, NOW);
    expect(new Set([...before, ...(await etags())]).size).toBe(3);
  });
});

describe("a release by an admin", () => {
  test("gives back what isn't booked, once, and the run learns of it", async () => {
    const { number, call } = await boundedLicense();
    const site = runOf(call());
    await site.ask(60);
    site.use(18);
    await site.report(42);
    const lease = site.lease?.lease ?? "";
    expect(await previewRelease(number, lease)).toMatchObject({ minutes: 42 });
    const release = () => releaseLease(number, lease, "scrapped", SYSTEM, NOW);
    expect(await release()).toEqual({
      minutes: 42,
      warning: expect.stringContaining("up to 42 above its cap"),
    });
    expect(await release()).toMatchObject({ minutes: 0 });
    expect(await usageOf(number)).toMatchObject({ total: 18, reserved: 0, free: 282 });
    expect(await auditOf(number, "lease.released")).toMatchObject([
      { object: lease, details: { minutes: 42, reason: "scrapped", source: site.caller.source } },
    ]);
    site.use(12);
    expect(await site.report(60)).toMatchObject({ error: { code: "LEASE_RELEASED" }, lease, granted: 18 });
    expect(await usageOf(number)).toMatchObject({ total: 30, unleased: 12 });
    expect(await broken()).toEqual([]);
  });

  test("of another license's lease doesn't exist", async () => {
    const [one, other] = [await boundedLicense(), await boundedLicense()];
    const site = runOf(one.call());
    await site.ask(60);
    await expect(previewRelease(other.number, site.lease?.lease ?? "")).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("after a restore", () => {
  /** A license whose store came back from before its only run reserved and reported anything. */
  async function restored() {
    const { number, call } = await boundedLicense();
    const site = runOf(call());
    await site.ask(60);
    site.use(36);
    await site.report(60);
    const { db } = store();
    await db.minuteLease.deleteMany({ where: { license: number } });
    await db.usage.deleteMany({ where: { license: number } });
    await db.usageMonth.deleteMany({ where: { license: number } });
    await db.usageDay.deleteMany({ where: { license: number } });
    await beginEpoch(NOW);
    return { number, call, site };
  }

  test("nothing is granted for a while, and a run keeps what it proves to hold", async () => {
    const { number, call, site } = await restored();
    expect(await runOf(call()).ask(60)).toMatchObject({ granted: 0, reason: "HOLD" });
    site.use(12);
    expect(await site.ask(60)).toMatchObject({
      granted: 96,
      booked: 36,
      total: 36,
      reserved: 60,
      reason: "HOLD",
    });
    expect(await usageOf(number)).toMatchObject({
      total: 36,
      unleased: 0,
      hold: later(DAY / 2).toISOString(),
    });
    expect(await auditOf(number, "lease.adopted")).toMatchObject([
      { actorKind: "product", details: { minutes: 96, recovered: 36, source: site.caller.source } },
    ]);
    expect(await broken()).toEqual([]);
  });

  test("the hold ends on its own; after that, a lease that is unknown here starts from zero", async () => {
    const { site } = await restored();
    const after = later(DAY / 2);
    expect(await site.ask(60, after)).toMatchObject({ granted: 0, booked: 0 });
    expect(await site.ask(60, after)).toMatchObject({ granted: 96 });
  });

  test("the hold lasts as long as the longest leases of the last three days", async () => {
    const { number } = await boundedLicense({ settings: { whenOffline: "bounded", leaseHours: 48 } });
    await changeLicense(number, { settings: { leaseHours: 2 } }, null, SYSTEM, NOW);
    await beginEpoch(later(DAY));
    expect(await usageOf(number, later(DAY))).toMatchObject({ hold: later(3 * DAY).toISOString() });
    await beginEpoch(later(4 * DAY));
    expect(await usageOf(number, later(4 * DAY))).toMatchObject({
      hold: later(4 * DAY + DAY / 12).toISOString(),
    });
  });

  test("an owner can end the hold", async () => {
    const { number, call } = await restored();
    await endHold(number, "all deployments called", SYSTEM, NOW);
    await endHold(number, "again", SYSTEM, NOW);
    expect(await usageOf(number)).not.toHaveProperty("hold");
    expect(await runOf(call()).ask(60)).toMatchObject({ granted: 60 });
    expect(await auditOf(number, "lease.hold-ended")).toMatchObject([
      { details: { reason: "all deployments called" } },
    ]);
  });
});

describe("the cap so far", () => {
  test("rises with the definition, and units that begin later can't be reserved yet", async () => {
    const units = (count: number, valid = "") => ({ count, valid });
    const parted = { ...minutes("analyzer_time", 60, 0), units: [units(60), units(60, "2026-08-30/.")] };
    const { number, call, definition } = await boundedLicense({ allotments: [parted] });
    const site = runOf(call());
    expect(await site.ask(600)).toMatchObject({ granted: 60, cap: 60 });
    const more = {
      ...definition,
      allotments: [{ ...parted, units: [units(90), units(60, "2026-08-30/.")] }],
    };
    await putDefinition(number, more, null, false, SYSTEM, later(DAY));
    expect(await site.ask(600, later(DAY))).toMatchObject({ granted: 72, cap: 90, free: 18 });
    const began = new Date("2026-08-30T00:00:00Z");
    expect(await site.ask(12, began)).toMatchObject({ granted: 12, cap: 150, free: 138 });
    expect(await usageOf(number, later(DAY))).toMatchObject({ capSoFar: 90, quota: 150 });
  });

  test("nothing is added after the license's end and grace days", async () => {
    const { call } = await boundedLicense({
      valid: "./2026-08-24",
      settings: { whenOffline: "bounded", graceDays: 0, leaseHours: 48 },
    });
    const site = runOf(call());
    expect(await site.ask(60)).toMatchObject({ granted: 60, expires: "2026-08-25T00:00:00.000Z" });
    expect(await site.ask(120, later(DAY))).toMatchObject({ granted: 60, reason: "LICENSE_NOT_VALID" });
  });
});

test("shares of signed definitions and leases keep their minutes from each other", async () => {
  const { number, call } = await boundedLicense();
  await issue(number, { source: "mill", shares: [{ allotment: "analyzer_time", units: 120 }] });
  const site = runOf(call());
  expect(await site.ask(600)).toMatchObject({ granted: 180, reserved: 300, free: 0 });
  await expect(
    issue(number, { source: "quarry", shares: [{ allotment: "analyzer_time", units: 6 }] }),
  ).rejects.toMatchObject({ code: "NO_AVAILABLE_UNITS" });
  expect(await usageOf(number)).toMatchObject({ reserved: 300, free: 0 });
});

test("leases are purged long after their month", async () => {
  const { number, call } = await boundedLicense();
  await runOf(call()).ask(60);
  await purge(new Date("2027-09-15T00:00:00Z"));
  expect(await store().db.minuteLease.count({ where: { license: number } })).toBe(1);
  await purge(new Date("2027-10-01T00:00:00Z"), 1);
  expect(await store().db.minuteLease.count({ where: { license: number } })).toBe(0);
  expect(await broken()).toEqual([]);
});
