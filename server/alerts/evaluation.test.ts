import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { AlertRule } from "@/domain/alerts/alert-rules";
import { SYSTEM } from "@/server/access/actor";
import { keepBackups } from "@/server/backups/scheduled-backups";
import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { changeLicense } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { licenseByNumber } from "@/server/licenses/licenses";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import { eventsOf } from "@/server/testing/test-events";
import { makeLicense, minutes, NOW, OWNER, seats } from "@/server/testing/test-licenses";
import { meteredLicense, reportOne } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { makeWebhook } from "@/server/testing/test-webhooks";
import { saveRules } from "./alert-rules";
import { writeFindings } from "./alert-writing";
import { listAlerts } from "./alerts";
import { evaluateAlerts } from "./evaluation";

useStore();

const at = (time: string) => new Date(`2026-${time}Z`);

/** The alerts of a license in the order in which they fired. */
async function alertsOf(license: string) {
  const { items } = await listAlerts(OWNER, { license, limit: 100 });
  return items
    .toReversed()
    .map(({ kind, rule, state }) => `${kind} ${rule.split(" ")[1] ?? ""} ${state}`.replace("  ", " "));
}

const told = async (license: string) =>
  (await eventsOf(license))
    .filter(({ type }) => /^(capacity|seats|expir|checkout\.exp|deployment\.silent|rejections)/.test(type))
    .map(({ type }) => type);

test("usage fires once for each limit that it crosses, and events name the figures", async () => {
  const { number, call } = await meteredLicense();
  const site = call();
  await reportOne(site, 79, { sequence: 1 });
  await evaluateAlerts(NOW);
  expect(await alertsOf(number)).toEqual([]);
  await reportOne(site, 1, { sequence: 2 });
  await evaluateAlerts(NOW);
  await evaluateAlerts(NOW);
  expect(await alertsOf(number)).toEqual(["capacity.threshold 80 fired"]);
  await reportOne(site, 40, { sequence: 3 });
  await evaluateAlerts(NOW);
  expect(await told(number)).toEqual([
    "capacity.threshold",
    "capacity.threshold",
    "capacity.quota-reached",
    "capacity.cap-reached",
  ]);
  const [first] = await eventsOf(number).then((events) =>
    events.filter(({ type }) => type.startsWith("capacity")),
  );
  expect(first?.data).toEqual({
    ...{ license: number, allotment: "analyzer_time", month: "2026-08", total: 80, quota: 100, overage: 20 },
    ...{ when: "capacity.percent", value: 80 },
  });
});

test("the reset at the end of a month resolves alerts, and the next month fires its own", async () => {
  const { number, call } = await meteredLicense();
  const site = call();
  await reportOne(site, 100, {}, at("08-31T20:00:00"));
  await evaluateAlerts(at("08-31T23:59:59"));
  const fired = ["capacity.threshold 80", "capacity.threshold 95", "capacity.quota-reached 100"];
  expect(await alertsOf(number)).toEqual(fired.map((alert) => `${alert} fired`));
  await evaluateAlerts(at("09-01T00:00:00"));
  await evaluateAlerts(at("09-01T00:00:30"));
  expect(await alertsOf(number)).toEqual(fired.map((alert) => `${alert} resolved`));
  await reportOne(site, 85, { month: "2026-09" }, at("09-02T00:00:00"));
  await evaluateAlerts(at("09-02T00:00:30"));
  expect((await alertsOf(number)).at(-1)).toBe("capacity.threshold 80 fired");
  expect(await told(number)).toHaveLength(4);
});

test("more units resolve, and their own limits fire in the same month", async () => {
  const { number, call } = await meteredLicense({ allotments: [minutes("analyzer_time", 100)] });
  const site = call();
  await reportOne(site, 80);
  await evaluateAlerts(NOW);
  const later = at("08-25T00:00:00");
  const { definition } = await licenseByNumber(number, NOW);
  const wider = { ...definition, allotments: [minutes("analyzer_time", 200)] };
  await putDefinition(number, wider, null, false, SYSTEM, later);
  await evaluateAlerts(later);
  expect(await alertsOf(number)).toEqual(["capacity.threshold 80 resolved"]);
  await reportOne(site, 80, {}, at("08-26T00:00:00"));
  await evaluateAlerts(at("08-26T00:00:00"));
  expect(await told(number)).toEqual(["capacity.threshold", "capacity.threshold"]);
});

test("full seats fire, stay near the limit, resolve below it, and open again without being told", async () => {
  const { number } = await makeLicense({ allotments: [seats("analyzer", 10)] });
  const hold = async (live: number) => {
    await store().db.allotment.updateMany({ where: { licenseNumber: number }, data: { live } });
    await evaluateAlerts(NOW);
    return alertsOf(number);
  };
  await hold(7);
  expect(await hold(10)).toEqual(["seats.nearly-full 80 fired", "seats.full 100 fired"]);
  expect(await hold(9)).toEqual(["seats.nearly-full 80 fired", "seats.full 100 fired"]);
  expect(await hold(8)).toEqual(["seats.nearly-full 80 fired", "seats.full 100 resolved"]);
  expect(await hold(10)).toEqual(["seats.nearly-full 80 fired", "seats.full 100 fired"]);
  expect(await told(number)).toEqual(["seats.nearly-full", "seats.full"]);
});

test("the end of a license is told at 60, 30 and 7 days and at the end, and a renewal resolves", async () => {
  const { number } = await makeLicense({ valid: "./2026-11-30" });
  const end = at("12-01T00:00:00").getTime();
  const daysBefore = (days: number) => evaluateAlerts(new Date(end - days * 86_400_000));
  await daysBefore(60.01);
  expect(await told(number)).toEqual([]);
  for (const days of [60, 59, 30, 29, 7, 1, 0.001]) await daysBefore(days);
  expect(await told(number)).toEqual(["expiring", "expiring", "expiring"]);
  for (const days of [0, -1]) await daysBefore(days);
  expect(await told(number)).toEqual(["expiring", "expiring", "expiring", "expired"]);
  expect((await alertsOf(number)).at(-1)).toBe("expired 0 fired");
  await changeLicense(number, { valid: "./2027-11-30" }, null, SYSTEM, at("12-02T00:00:00"));
  await evaluateAlerts(at("12-02T00:00:10"));
  expect(new Set((await alertsOf(number)).map((alert) => alert.split(" ").at(-1)))).toEqual(
    new Set(["resolved"]),
  );
});

test("a deployment that stops calling is told after three days, to the second, and resolved by its next call", async () => {
  const { number, call } = await meteredLicense();
  const site = call({ source: "warsaw" });
  await reportOne(site, 1);
  await evaluateAlerts(NOW);
  await evaluateAlerts(at("08-27T09:59:59"));
  expect(await told(number)).toEqual([]);
  await evaluateAlerts(at("08-27T10:00:00"));
  expect(await told(number)).toEqual(["deployment.silent"]);
  await reportOne(site, 1, {}, at("08-27T11:00:00"));
  await evaluateAlerts(at("08-27T11:00:30"));
  expect(await alertsOf(number)).toEqual(["deployment.silent 3 resolved"]);
});

test("the forecast of a month is told once", async () => {
  const { number, call } = await meteredLicense({ allotments: [minutes("analyzer_time", 1000)] });
  const site = call();
  for (let day = 1; day <= 8; day++) await reportOne(site, 40, {}, at(`08-0${day}T12:00:00`));
  await evaluateAlerts(at("08-09T00:00:00"));
  await evaluateAlerts(at("08-10T00:00:00"));
  expect(await told(number)).toEqual(["capacity.forecast"]);
});

test("rejected users are told from ten on, and resolved a day later", async () => {
  const { number } = await makeLicense();
  const reject = (index: number) =>
    store().db.rejection.create({
      data: {
        ...{ license: number, allotment: "analyzer", subjectIndex: Buffer.from([index]), source: "s" },
        ...{ code: "NO_AVAILABLE_UNITS", subject: Buffer.from([1]), firstAt: NOW, lastAt: NOW },
      },
    });
  await evaluateAlerts(new Date(NOW.getTime() - 1000));
  for (let index = 0; index < 9; index++) await reject(index);
  await evaluateAlerts(NOW);
  expect(await told(number)).toEqual([]);
  await reject(9);
  await evaluateAlerts(NOW);
  expect(await told(number)).toEqual(["rejections"]);
  const dayLater = NOW.getTime() + 86_400_000;
  await evaluateAlerts(new Date(dayLater - 60_000));
  expect(await alertsOf(number)).toEqual(["rejections 10 fired"]);
  await evaluateAlerts(new Date(dayLater + 10 * 60_000));
  expect(await alertsOf(number)).toEqual(["rejections 10 resolved"]);
});

test("the rules of a license replace those of the installation, and take effect with the next look", async () => {
  const { number, call } = await meteredLicense();
  await reportOne(call(), 50);
  await evaluateAlerts(NOW);
  expect(await alertsOf(number)).toEqual([]);
  const rules: AlertRule[] = [{ when: "capacity.minutes", value: 40, allotment: "Analyzer_Time" }];
  await saveRules(number, rules, null, SYSTEM, NOW);
  await evaluateAlerts(NOW);
  expect(await alertsOf(number)).toEqual(["capacity.threshold 40 fired"]);
  await saveRules(number, null, null, SYSTEM, NOW);
  await evaluateAlerts(NOW);
  expect(await alertsOf(number)).toEqual(["capacity.threshold 40 resolved"]);
});

test("without any rule nobody is told, but a reached quota or cap, full seats and an end are events, once", async () => {
  const { number, call } = await meteredLicense({
    allotments: [minutes("analyzer_time", 100, 20), seats("analyzer", 1)],
  });
  await saveRules(number, [], null, SYSTEM, NOW);
  const look = async (now: Date) => {
    await Promise.all([evaluateAlerts(now), evaluateAlerts(now)]);
    await evaluateAlerts(now);
    return told(number);
  };
  await reportOne(call(), 99, { sequence: 1 });
  expect(await look(NOW)).toEqual([]);
  await reportOne(call(), 1, { sequence: 2 });
  expect(await look(NOW)).toEqual(["capacity.quota-reached"]);
  await reportOne(call(), 20, { sequence: 3 });
  await store().db.allotment.updateMany({
    where: { licenseNumber: number, key: "analyzer" },
    data: { live: 1 },
  });
  const reached = ["capacity.quota-reached", "capacity.cap-reached", "seats.full"];
  expect(await look(NOW)).toEqual(reached);
  await saveRules(number, null, null, SYSTEM, NOW);
  await evaluateAlerts(at("08-25T00:00:00"));
  expect((await told(number)).filter((type) => reached.includes(type))).toEqual(reached);
  expect(await alertsOf(number)).toContain("capacity.cap-reached 100 fired");
});

test("rules that are saved during an evaluation are looked at by the next one", async () => {
  const { number } = await makeLicense();
  await evaluateAlerts(NOW);
  const watch = () => store().db.alertWatch.findUniqueOrThrow({ where: { scope: number } });
  const { version, state } = await watch();
  await saveRules(number, [], null, SYSTEM, NOW);
  const found = { scope: number, customerId: null, isSample: false, version, state };
  const later = { dueAt: at("10-01T00:00:00"), seen: [], conditions: [], reached: [] };
  await writeFindings([{ ...found, ...later }], { people: [], channels: [] }, NOW);
  expect((await watch()).dueAt).toEqual(NOW);
});

test("a token that will expire is an alert of the installation", async () => {
  const day = 86_400_000;
  await store().db.apiToken.create({
    data: {
      ...{ id: crypto.randomUUID(), name: "Sync", hash: Buffer.from("x"), role: "owner", createdBy: "x" },
      ...{ createdAt: NOW, expiresAt: new Date(NOW.getTime() + 90 * day) },
    },
  });
  const tokens = async () =>
    (await store().db.alert.findMany({ where: { scope: INSTALLATION, kind: "key.expiring" } })).length;
  await evaluateAlerts(new Date(NOW.getTime() + 59 * day));
  expect(await tokens()).toBe(0);
  await evaluateAlerts(new Date(NOW.getTime() + 60 * day));
  expect(await tokens()).toBe(1);
});

test("a failing webhook is an alert of the installation until it recovers", async () => {
  const { id } = await makeWebhook({ url: "https://example.com/hooks" });
  const states = async () =>
    (
      await store().db.alert.findMany({
        where: { kind: "webhook.failing", data: { path: ["webhook"], equals: id } },
      })
    ).map(({ state }) => state);
  const becomes = (toldAt: Date | null) =>
    store().db.webhook.update({ where: { id }, data: { failingSince: toldAt, toldAt } });
  await evaluateAlerts(NOW);
  expect(await states()).toEqual([]);
  await becomes(NOW);
  await evaluateAlerts(at("08-24T11:00:00"));
  expect(await states()).toEqual(["fired"]);
  await becomes(null);
  await evaluateAlerts(at("08-24T12:00:00"));
  expect(await states()).toEqual(["resolved"]);
});

test("a scheduled backup that failed is an alert of the installation until the next one", async () => {
  const folder = await mkdtemp(join(tmpdir(), "signet-alerts-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const settings = { BACKUP_FOLDER: folder, BACKUP_HOURS: 24, BACKUP_KEEP: 1 };
  const states = async () =>
    (await store().db.alert.findMany({ where: { kind: "backup.overdue" } })).map(({ state }) => state);
  await keepBackups(
    settings,
    () => NOW,
    () => Promise.reject(new Error("The disk is full.")),
  );
  await evaluateAlerts(NOW);
  expect(await states()).toEqual(["fired"]);
  await keepBackups(
    settings,
    () => at("08-24T11:00:00"),
    (file) => writeFile(file, ""),
  );
  await evaluateAlerts(at("08-24T11:01:00"));
  expect(await states()).toEqual(["resolved"]);
  const [event] = await store().db.waitingEvent.findMany({ where: { type: "backup.overdue" } });
  expect(event?.data).toEqual({ last: null, failed: true });
});

test("an alert announces the end of a signed definition seven days before", async () => {
  const { number } = await makeLicense();
  const { expires } = await issueCheckout(number, { product: "QSEfE", days: 30 }, SYSTEM, NOW);
  const before = (days: number) => new Date(new Date(expires).getTime() - days * 86_400_000);
  await evaluateAlerts(before(8));
  expect(await alertsOf(number)).toEqual([]);
  await evaluateAlerts(before(7));
  expect(await alertsOf(number)).toEqual(["checkout.expiring 7 fired"]);
  expect(await told(number)).toEqual(["checkout.expiring"]);
});

test("an announced release of seats is told until it happens, whatever the rules are", async () => {
  const { number } = await makeLicense();
  await evaluateAlerts(NOW);
  const run = { id: crypto.randomUUID(), license: number, allotment: "analyzer", slot: NOW, seats: 2 };
  const times = { announcedAt: NOW, releaseAt: at("08-27T10:00:00") };
  await store().db.reclaimRun.create({ data: { ...run, ...times, state: "announced" } });
  await evaluateAlerts(NOW);
  await evaluateAlerts(NOW);
  expect(await alertsOf(number)).toEqual(["reclaim.announced fired"]);
  await store().db.reclaimRun.update({ where: { id: run.id }, data: { state: "released" } });
  await evaluateAlerts(at("08-24T10:05:00"));
  expect(await alertsOf(number)).toEqual(["reclaim.announced resolved"]);
});

test("evaluations at the same time write everything once", async () => {
  const made = await Promise.all(Array.from({ length: 8 }, () => meteredLicense()));
  await Promise.all(made.map(({ call }) => reportOne(call(), 100)));
  await Promise.all(Array.from({ length: 4 }, () => evaluateAlerts(NOW)));
  await evaluateAlerts(NOW);
  for (const { number } of made) {
    expect(await told(number)).toHaveLength(3);
    expect(await alertsOf(number)).toHaveLength(3);
  }
});
