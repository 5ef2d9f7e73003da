import { beforeAll, expect, test, vi } from "vitest";
import { NO_RULE } from "@/domain/reclaim/reclaim-rule";
import { reclaim } from "@/server/reclaim/reclaim-job";
import { store } from "@/server/store/store";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { deploymentOf, patchFor, sync } from "@/server/testing/test-syncs";
import { type Client, clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

let owner: Client;
beforeAll(async () => {
  owner = await clientAs({ role: "owner" });
});

const RULE = { ...NO_RULE, isOn: true, graceDays: 10, every: "day" as const };
const DAY = 86_400_000;

/** A license whose only user was added 20 days ago by a deployment that reports use. */
async function unused() {
  const { number, caller } = await deploymentOf([seats("analyzer", 3), minutes("analyzer_time", 100)]);
  const past = new Date(NOW.getTime() - 20 * DAY);
  const { patches } = await sync(caller, [patchFor(number, "ACME\\bob"), patchFor(number, "eve")], {
    now: past,
  });
  const use = patchFor(number, "eve", { instance: patches[1]?.instance ?? "", lastUsed: "2026-08-24" });
  await sync(caller, [use], { now: NOW });
  return { number, caller, path: `/licenses/${number}` };
}

test("a rule is read, previewed and saved, and a stale tag is refused", async () => {
  const { path } = await unused();
  const rules = `${path}/reclaim-rules`;
  const { body: all } = await owner("GET", rules);
  expect(all.items).toEqual([{ allotment: "analyzer", ...NO_RULE, next: null }]);
  const read = await owner("GET", `${rules}/ANALYZER`);
  const preview = await owner("POST", `${rules}/analyzer/preview`, RULE);
  expect(preview.body).toMatchObject({
    seats: [{ subject: "ACME\\bob", reason: "never-used", since: "2026-08-04", lastUsed: null }],
    ...{ later: 0, isStopped: false },
    kept: { unreported: 0, new: 0, used: 1, silent: 0, exempt: 0 },
  });
  const seen = { "If-Match": String(read.headers.get("ETag")) };
  const saved = await owner("PUT", `${rules}/analyzer`, RULE, seen);
  expect([saved.status, saved.body]).toEqual([
    200,
    { allotment: "analyzer", ...RULE, next: "2026-08-25T06:00:00.000Z" },
  ]);
  const stale = await owner("PUT", `${rules}/analyzer`, { ...RULE, idleDays: 9 }, seen);
  expect([stale.status, stale.headers.get("ETag")]).toEqual([412, saved.headers.get("ETag")]);
  expect((await owner("PUT", `${rules}/analyzer_time`, RULE)).body.code).toBe("NOT_ASSIGNABLE");
  expect((await owner("PUT", `${rules}/other`, RULE)).status).toBe(404);
});

test.each([
  [{ idleDays: 6 }, "/idleDays", "Enter a whole number from 7 to 730."],
  [{ noticeDays: 0 }, "/noticeDays", "Enter a whole number from 1 to 60."],
  [{ most: 1001 }, "/most", "Enter a whole number from 1 to 1,000."],
])("%j is refused", async (change, pointer, title) => {
  const { path } = await unused();
  const { status, body } = await owner("PUT", `${path}/reclaim-rules/analyzer`, { ...RULE, ...change });
  expect([status, body.errors]).toEqual([422, [expect.objectContaining({ pointer, title })]]);
});

test("a run is listed, shown with its seats, cancelled, released and undone", async () => {
  const { number, caller, path } = await unused();
  await owner("PUT", `${path}/reclaim-rules/analyzer`, { ...RULE, noticeDays: 1 });
  const since = new Date(NOW.getTime() - 5 * DAY);
  await store().db.reclaimRule.updateMany({ where: { license: number }, data: { since } });
  const runs = `${path}/reclaim-runs`;
  await reclaim(new Date(NOW.getTime() - 1.5 * DAY));
  const first = (await owner("GET", runs)).body.items[0];
  expect(first).toMatchObject({ state: "announced", seats: 1, released: 0, undoUntil: null });
  expect((await owner("POST", `${runs}/${first.id}/cancel`)).status).toBe(204);
  expect((await owner("POST", `${runs}/${first.id}/undo`)).body.code).toBe("CHANGED_MEANWHILE");
  await reclaim(new Date(NOW.getTime() - 1 * DAY));
  await sync(caller, [], { now: NOW });
  await reclaim(NOW);
  const [, second] = (await owner("GET", runs)).body.items;
  const { body } = await owner("GET", `${runs}/${second.id}`);
  expect(body).toMatchObject({ state: "released", released: 1, items: [{ subject: "ACME\\bob" }] });
  const undone = await owner("POST", `${runs}/${second.id}/undo`);
  expect([undone.status, undone.body]).toEqual([200, { undone: 1, stayed: 0 }]);
});

test("an entry of the never-release list is added once, and removed", async () => {
  const { path } = await unused();
  const list = `${path}/reclaim-exemptions`;
  const added = await owner("POST", list, { kind: "pattern", text: "*\\bob" });
  const again = await owner("POST", list, { kind: "pattern", text: "*\\BOB" });
  expect([added.status, again.body.id]).toEqual([201, added.body.id]);
  expect((await owner("GET", list)).body.items).toEqual([added.body]);
  const { body } = await owner("POST", `${path}/reclaim-rules/analyzer/preview`, RULE);
  expect([body.seats, body.kept.exempt]).toEqual([[], 1]);
  expect((await owner("DELETE", `${list}/${added.body.id}`)).status).toBe(204);
  expect((await owner("DELETE", `${list}/${added.body.id}`)).status).toBe(404);
});
