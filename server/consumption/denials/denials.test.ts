import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import type { Caller } from "@/server/deployments/admission";
import { changeLicense } from "@/server/licenses/license-changes";
import { purge } from "@/server/maintenance/purge";
import { store } from "@/server/store/store";
import { NOW } from "@/server/testing/test-licenses";
import { meteredLicense } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { recordDenials } from "./denial-intake";
import { denialSums, listDenials } from "./denial-list";

useStore();

const denial = (more: object = {}) => ({
  ...{ hour: "2026-08-24T09:00:00Z", reason: "NOT_ASSIGNED", subject: "acme\\bob", count: 3 },
  ...more,
});
const report = (caller: Caller, ...sent: Record<string, unknown>[]) =>
  recordDenials({ caller, elements: [], now: NOW }, sent);
const all = async (license: string) => (await listDenials(license, {}, { limit: 50 })).items;

test("of two counts of an hour the greater stays, whatever the order and within one report too", async () => {
  const { number, call } = await meteredLicense();
  const caller = call({ source: "mill" });
  await report(caller, denial({ count: 2 }), denial({ count: 5, subject: "ACME\\bob" }));
  await report(caller, denial({ count: 4 }));
  await report(call({ source: "other" }), denial({ count: 1 }));
  const rows = (await all(number)).map(({ source, count }) => [source, count]);
  expect(rows.toSorted()).toEqual([
    ["mill", 5],
    ["other", 1],
  ]);
});

test("not entitled is told apart from over the limit, in rows and sums", async () => {
  const { number, call } = await meteredLicense();
  const mill = call({ source: "mill" });
  await report(mill, denial(), denial({ reason: "QUOTA_REACHED", allotment: "Analyzer_Time" }));
  await report(call({ source: "other" }), denial({ hour: "2026-08-24T08:00:00Z" }));
  const [quota] = (await listDenials(number, { kind: "overLimit" }, { limit: 5 })).items;
  expect(quota).toMatchObject({ kind: "overLimit", reason: "QUOTA_REACHED", allotment: "analyzer_time" });
  expect(await denialSums(number, { kind: "notEntitled" }, 5)).toMatchObject([
    {
      reason: "NOT_ASSIGNED",
      count: 6,
      deployments: 2,
      deployment: null,
      last: new Date("2026-08-24T09:00:00Z"),
    },
  ]);
  expect(await denialSums(number, { kind: "overLimit" }, 5)).toMatchObject([
    { count: 3, deployment: "mill" },
  ]);
});

test("a user is an index unless the license keeps names", async () => {
  const { number, call } = await meteredLicense();
  const caller = call();
  await report(caller, denial({ subject: null }), denial());
  const users = async () => (await all(number)).map(({ user }) => user);
  expect(await users()).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), null]);
  await changeLicense(number, { settings: { sessionNames: true } }, null, SYSTEM, NOW);
  await report(caller, denial());
  expect(await users()).toContain("acme\\bob");
  await changeLicense(number, { settings: { sessionNames: false } }, null, SYSTEM, NOW);
  expect(await users()).not.toContain("acme\\bob");
});

test("a full month takes what it has and nothing new, and names what it left out", async () => {
  const { number, call } = await meteredLicense();
  const caller = call({ source: "mill" });
  await report(caller, denial());
  await store().db.sessionMonth.updateMany({ where: { license: number }, data: { denials: 999_999 } });
  const sent = ["bad", "acme\\bob", "a", "b", "B"].map((subject) => denial({ subject, count: 7 }));
  const result = await report(caller, { ...sent[0], hour: "bad" }, ...sent.slice(1));
  expect(result).toMatchObject({
    denials: 2,
    denialErrors: [
      { index: 0, code: "INVALID_HOUR" },
      { index: 3, code: "DENIALS_FULL" },
      { index: 4, code: "DENIALS_FULL" },
    ],
  });
  expect((await all(number)).map(({ count }) => count)).toEqual([7, 7]);
  const months = await store().db.sessionMonth.findMany({ where: { license: number } });
  expect(months).toMatchObject([{ month: "2026-08", sessions: 0, denials: 1_000_000 }]);
});

test("a list goes from the latest hour to the first, page by page", async () => {
  const { number, call } = await meteredLicense();
  const hours = ["07", "08", "09"].map((hour) => denial({ hour: `2026-08-24T${hour}:00:00Z` }));
  await report(call(), ...hours);
  const first = await listDenials(number, {}, { limit: 2 });
  const second = await listDenials(number, {}, { limit: 2, cursor: first.cursor ?? "" });
  const items = [...first.items, ...second.items];
  expect(items.map(({ hour }) => hour.getUTCHours())).toEqual([9, 8, 7]);
  expect(second.cursor).toBeNull();
  const before = new Date("2026-08-24T09:00:00Z");
  const some = await listDenials(number, { before, from: new Date("2026-08-24T08:00:00Z") }, { limit: 9 });
  expect(some.items).toHaveLength(1);
});

test("denials go with the sessions of their month", async () => {
  const { number, call } = await meteredLicense();
  await report(call(), denial());
  await purge(new Date("2027-09-30T23:00:00Z"));
  expect(await all(number)).toHaveLength(1);
  await purge(new Date("2027-10-01T00:00:00Z"));
  expect(await all(number)).toEqual([]);
});
