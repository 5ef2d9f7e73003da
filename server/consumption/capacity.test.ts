import { expect, test } from "vitest";
import { readElement } from "@/domain/consumption/report";
import { type Call, licenseWithKey } from "@/server/testing/test-callers";
import { minutes, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { capacityMonth, lastUse } from "./capacity";
import { recordConsumption } from "./consumption";
import { lateReports } from "./late-reports";
import { meteredAllotments, monthUsage, usageHistory } from "./usage";

useStore();

const at = (day: string) => new Date(`${day}T12:00:00Z`);
const TIME = { key: "analyzer_time", name: "analyzer_time" };
const allotments = { allotments: [minutes("analyzer_time", 100), seats("analyzer", 1)] };

function report(call: Call, source: string, day: string, consumption: number, month = day.slice(0, 7)) {
  const now = at(day);
  const elements = [readElement({ id: 1, allotment: "analyzer_time", month, consumption }, now)];
  return recordConsumption({ caller: call({ source }), elements, now });
}

test("the five largest deployments have layers of their own, the others share one, and all add up", async () => {
  const { number, call } = await licenseWithKey(allotments);
  const used = [3, 8, 5, 1, 9, 2, 7];
  for (const [i, amount] of used.entries()) {
    await report(call, `s${i}`, `2026-07-1${i}`, 1);
    await report(call, `s${i}`, "2026-08-03", amount);
    await report(call, `s${i}`, "2026-08-04", amount);
  }
  const month = await capacityMonth(number, TIME, "2026-08", at("2026-08-04"));
  expect(month).toMatchObject({ total: 70, quota: 100, overage: 20, today: 4, state: "within" });
  expect(month.shares.map(({ source, total, deployments }) => [source, total, deployments])).toEqual([
    ["s4", 18, 1],
    ["s1", 16, 1],
    ["s6", 14, 1],
    ["s2", 10, 1],
    ["s0", 6, 1],
    [null, 6, 2],
  ]);
  expect(month.shares.map(({ look }) => look)).toEqual([4, 1, 0, 2, 3, 6]);
  expect(month.shares[0]?.days.slice(0, 5)).toEqual([0, 0, 9, 9, 0]);
  expect(month.before.slice(9, 17)).toEqual([1, 1, 1, 1, 1, 1, 1, 0]);
  const [api] = (await monthUsage(number, "2026-08", at("2026-08-04"))).allotments;
  expect(month).toMatchObject({ total: api?.total, remaining: api?.remaining, forecast: api?.forecast });
});

test("late reports count in their month, and are listed as late", async () => {
  const { number, call } = await licenseWithKey(allotments);
  await report(call, "s", "2026-07-10", 10);
  await report(call, "s", "2026-08-02", 4, "2026-07");
  await report(call, "s", "2026-08-02", 3, "2026-07");
  await report(call, "s", "2026-08-03", 2, "2026-07");
  await report(call, "s", "2026-08-03", 1, "2026-06");
  await report(call, "s", "2026-08-03", 50);
  expect(await capacityMonth(number, TIME, "2026-07", at("2026-08-04"))).toMatchObject({
    total: 19,
    today: null,
    forecast: null,
  });
  expect(await lateReports(number, TIME, "2026-08")).toEqual({
    arrived: [
      { month: "2026-07", reports: 3, minutes: 9 },
      { month: "2026-06", reports: 1, minutes: 1 },
    ],
    after: null,
  });
  expect(await lateReports(number, TIME, "2026-07")).toEqual({
    arrived: [],
    after: { reports: 3, minutes: 9, until: "2026-08-03" },
  });
});

test("twelve months each follow the definitions of their time", async () => {
  const { number, call } = await licenseWithKey(allotments);
  await report(call, "s", "2026-03-31", 121);
  await report(call, "s", "2026-08-01", 101);
  const history = await usageHistory(number, "2026-08", 12);
  expect(history).toHaveLength(12);
  expect(history[0]?.month).toBe("2025-09");
  const of = (month: string) => history.find((entry) => entry.month === month)?.allotments;
  expect(of("2026-03")).toEqual([{ name: "analyzer_time", quota: 100, overage: 20, total: 121 }]);
  expect(of("2026-08")).toMatchObject([{ total: 101 }]);
  expect(of("2026-04")).toMatchObject([{ total: 0 }]);
});

test("an empty month shows when the allotment was used before it", async () => {
  const { number, call } = await licenseWithKey(allotments);
  const empty = await capacityMonth(number, TIME, "2026-08", at("2026-08-04"));
  expect(empty).toMatchObject({ total: 0, shares: [] });
  expect(await lastUse(number, TIME, "2026-08")).toBeNull();
  await report(call, "s", "2026-05-28", 1);
  await report(call, "s", "2026-06-28", 1);
  expect(await lastUse(number, TIME, "2026-08")).toBe("2026-06-28");
  expect(await meteredAllotments(number)).toEqual([TIME]);
});
