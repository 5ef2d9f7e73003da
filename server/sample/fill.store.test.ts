import { beforeAll, expect, test } from "vitest";
import { DAY, dayOf } from "@/domain/month";
import { listAssignments } from "@/server/assignments/lists/assignment-list";
import { listRejections } from "@/server/assignments/lists/rejections";
import { listCheckouts } from "@/server/checkouts/checkouts";
import { denialSums } from "@/server/consumption/denials/denial-list";
import { sessionSums, topsOf } from "@/server/consumption/sessions/session-tops";
import { monthUsage } from "@/server/consumption/usage";
import { findDeployment } from "@/server/deployments/deployments";
import { listDualUseRequests } from "@/server/dual-use/dual-use-requests";
import { licenseByNumber } from "@/server/licenses/licenses";
import { runCheck } from "@/server/maintenance/check";
import { listLogs } from "@/server/offline/uploaded-logs";
import { store } from "@/server/store/store";
import { useStore } from "@/server/testing/test-store";
import { BREMEN, KIEL, LUGANO, YORK } from "./deployments";
import { fillSample } from "./fill";
import { type Kind, licensePlans } from "./plan";

useStore();

const now = new Date("2026-08-24T10:00:00Z");
const told: number[] = [];
beforeAll(async () => {
  await fillSample({ now, progress: (share) => told.push(share) });
});

const plans = licensePlans({ trial: "", ended: "", mixed: "", renewal: "" });
const numberOf = (kind: Kind) => plans[kind].license.number;

test("the sample keeps every rule of the store", async () => {
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

test("sessions tell who used the minutes of two months, and denials who was turned away", async () => {
  const of = {
    license: numberOf("capped"),
    meter: { key: "analyzer_time", name: "analyzer_time" },
    month: "2026-08",
  };
  const sums = await sessionSums(of);
  expect(sums.inSessions).toBe(sums.total);
  const tops = await topsOf({ ...of, kind: "user", withNames: true, limit: 5 }, sums);
  expect(tops.map(({ name }) => name)).toContainEqual(expect.stringMatching(/./));
  const over = await denialSums(of.license, { kind: "overLimit" }, 1);
  const not = await denialSums(of.license, { kind: "notEntitled" }, 1);
  expect([over.length, not.length]).toEqual([1, 1]);
});

test("its progress goes from the first day to the last", () => {
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(0)).toBeLessThan(0.01);
  expect(told.at(-1)).toBeGreaterThan(0.99);
});

test("three customers have a license of each kind", async () => {
  expect(await store().db.customer.count()).toBe(3);
  expect(await store().db.license.count()).toBe(10);
  const standings = (Object.keys(plans) as Kind[]).map(async (kind) => {
    const { status, standing, trial } = await licenseByNumber(numberOf(kind), now);
    return [kind, `${status} ${standing}${trial ? " trial" : ""}`];
  });
  expect(Object.fromEntries(await Promise.all(standings))).toEqual({
    ...{ seats: "active active", shrunk: "active active", suspended: "suspended active" },
    ...{ capped: "active active", counted: "active active", open: "active active" },
    ...{ trial: "active expiring trial", expired: "active expired" },
    ...{ mixed: "active active", renewal: "active expiring" },
  });
});

test("a deployment without a network renewed its file, with seats reserved, and an audit got one too", async () => {
  const checkouts = (await listCheckouts(numberOf("mixed"), { limit: 100 }, now)).items;
  expect(checkouts.map(({ label, state, shares }) => [label, state, shares?.length ?? 0])).toEqual([
    ["External audit", "out", 0],
    ["Vault Davos", "out", 2],
    ["Vault Davos", "returned", 2],
  ]);
});

test("its logs came twice: two users have their seats already, one is a hash, and one was rejected", async () => {
  const number = numberOf("mixed");
  const logs = (await listLogs(number, { limit: 100 })).items;
  expect(logs.map(({ kind, through, rejected, closed }) => [kind, through, rejected, closed]).sort()).toEqual(
    [
      ["assignments", 4, 1, null],
      ["consumption", 9, 0, null],
    ],
  );
  const { items } = await listAssignments(number, { limit: 1000 }, now);
  expect(items.filter(({ subject }) => subject.startsWith("hash:"))).toHaveLength(1);
  const vault = await findDeployment(number, "vault-davos", now);
  expect(vault).toMatchObject({ name: "Davos, vault", lastSeen: null, lastReport: null, lastSync: null });
  expect(vault?.lastUpload && dayOf(vault.lastUpload)).toBe("2026-08-15");
});

test("ten deployments of three products are there, two of them silent and one offline", async () => {
  const rows = await store().db.deployment.findMany();
  expect(new Set(rows.map(({ source }) => source)).size).toBe(10);
  expect(new Set(rows.map(({ product }) => product))).toEqual(new Set(["QSEfW", "QCS", "QV"]));
  const york = rows.find(({ license, source }) => license === numberOf("open") && source === YORK.source);
  expect(dayOf(york?.lastSeen ?? now)).toBe("2026-08-15");
  const lugano = rows.find(({ source }) => source === LUGANO.source);
  expect(dayOf(lugano?.lastSeen ?? now)).toBe("2026-07-24");
  expect(rows.every(({ lastSeen, name }) => lastSeen <= now && name !== null)).toBe(true);
});

test("a QlikView server joined by dual use, and another one waits", async () => {
  const requests = (await listDualUseRequests(numberOf("seats"), { limit: 100 })).items;
  expect(requests.map(({ source, state }) => [source, state])).toEqual([
    [KIEL.source, "waiting"],
    [BREMEN.source, "accepted"],
  ]);
});

const totals = async (kind: Kind) => {
  const rows = await store().db.usageMonth.findMany({
    where: { license: numberOf(kind) },
    orderBy: { month: "asc" },
  });
  return rows.map(({ month, total }) => [month, Number(total)]);
};

test("twelve whole months and this one have usage, one license is at its cap and some months are over their quota", async () => {
  expect(await totals("capped")).toHaveLength(13);
  expect((await totals("capped")).slice(-4)).toEqual([
    ["2026-05", 6_390],
    ["2026-06", 7_740],
    ["2026-07", 8_370],
    ["2026-08", 9_000],
  ]);
  expect((await totals("counted")).slice(-4, -1)).toEqual([
    ["2026-05", 16_020],
    ["2026-06", 19_380],
    ["2026-07", 21_600],
  ]);
  expect((await totals("open")).at(-2)).toEqual(["2026-07", 39_240]);
  const standingIn = async (kind: Kind, month: string) =>
    (await monthUsage(numberOf(kind), month, now)).allotments.map(({ quota, overage, state, denied }) => [
      quota,
      overage,
      state,
      denied,
    ]);
  expect(await standingIn("capped", "2026-08")).toEqual([[9_000, 0, "within", true]]);
  expect(await standingIn("counted", "2026-06")).toEqual([[18_000, 4_000, "overage", false]]);
  expect(await standingIn("open", "2026-07")).toEqual([[30_000, "YES", "overage", false]]);
});

test("four users are beyond the units, and others were refused for three reasons", async () => {
  const excess = await listAssignments(numberOf("shrunk"), { state: "excess", limit: 100 }, now);
  expect(excess.items).toHaveLength(4);
  const codes = ["seats", "shrunk", "trial", "expired"].map(async (kind) =>
    (await listRejections(numberOf(kind as Kind), { limit: 100 })).items.map(
      ({ code, times }) => `${code} ${times}`,
    ),
  );
  expect((await Promise.all(codes)).map((all) => all.sort())).toEqual([
    ["AUTO_ASSIGN_OFF 1"],
    ["NO_AVAILABLE_UNITS 1", "NO_AVAILABLE_UNITS 2"],
    ["NO_AVAILABLE_UNITS 1", "NO_AVAILABLE_UNITS 2"],
    ["LICENSE_NOT_VALID 1"],
  ]);
});

test("some people have two spellings: one that is folded, one that takes two seats", async () => {
  const { items } = await listAssignments(numberOf("seats"), { limit: 1000 }, now);
  const names = items.map(({ subject }) => subject.toLowerCase().replace("nordlicht\\", "").split("@")[0]);
  expect(names.length - new Set(names).size).toBe(3);
  expect(items.every(({ subject }) => subject !== subject.toUpperCase())).toBe(true);
});

test("nothing happened after now, and seats were used lately", async () => {
  // The store was copied for this test, which it notices at the real time.
  const ahead = { at: { gt: now }, action: { not: "installation.restored" } };
  expect(await store().db.auditEvent.count({ where: ahead })).toBe(0);
  const since = new Date(now.getTime() - 14 * DAY);
  expect(await store().db.assignment.count({ where: { lastUsed: { gte: since } } })).toBeGreaterThan(20);
});

test("a second set of sample data is refused, and the store stays as it is", async () => {
  const before = await store().db.auditEvent.count();
  await expect(fillSample({ now })).rejects.toMatchObject({ code: "CHANGED_MEANWHILE" });
  expect(await store().db.auditEvent.count()).toBe(before);
});
