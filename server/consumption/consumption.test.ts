import { describe, expect, test } from "vitest";
import { addDays, dayOf } from "@/domain/month";
import { SYSTEM } from "@/server/access/actor";
import { putDefinition } from "@/server/licenses/license-definitions";
import { store } from "@/server/store/store";
import { minutes, NOW as now } from "@/server/testing/test-licenses";
import {
  element,
  everythingOf,
  meteredLicense,
  month,
  report,
  reportOne,
} from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { readConsumption } from "./consumption";

useStore();

test("the result has the total over all deployments, and its status against the month's grant", async () => {
  const { call } = await meteredLicense();
  const standing = { month, allotment: "analyzer_time", quota: 100, overage: 20, duplicate: false };
  expect(await reportOne(call(), 60)).toEqual({
    ...standing,
    id: 1,
    total: 60,
    remaining: 60,
    denied: false,
  });
  expect(await reportOne(call(), 59, { id: "x" })).toMatchObject({ id: "x", total: 119, remaining: 1 });
  expect(await reportOne(call(), 1)).toMatchObject({ total: 120, remaining: 0, denied: true });
  expect(await reportOne(call(), 30)).toMatchObject({ total: 150, remaining: 0, denied: true });
});

test("names of allotments ignore case, and a total of zero is returned", async () => {
  const { call } = await meteredLicense();
  await reportOne(call(), 7, { allotment: "ANALYZER_Time" });
  expect(await reportOne(call(), 0)).toMatchObject({ total: 7 });
  expect(await readConsumption(call(), month, now)).toMatchObject([
    { allotment: "analyzer_time", total: 7, remaining: 113 },
    { allotment: "core_time", total: 0, quota: 50, overage: 0, remaining: 50, denied: false },
  ]);
});

test("an invalid element is an error in its position, and the others count", async () => {
  const { call } = await meteredLicense();
  const results = await report(call(), [
    element(5, { id: "a" }),
    element(5, { id: "b", allotment: "token" }),
    element(5, { id: "c", allotment: "analyzer" }),
    element(-1, { id: "d" }),
    element(5, { id: "e", month: "2026-13" }),
    element(5, { id: "f", month: "2026-09" }),
    element(5, { id: "g", sequence: 0 }),
    element(7, { id: "h", allotment: "core_time" }),
  ]);
  expect(results.map((result) => ("error" in result ? result.error.code : result.total))).toEqual([
    5,
    "UNKNOWN_ALLOTMENT",
    "NOT_METERED",
    "INVALID_CONSUMPTION",
    "INVALID_MONTH",
    "MONTH_IN_FUTURE",
    "INVALID_SEQUENCE",
    7,
  ]);
  expect(results.map(({ id }) => id)).toEqual(["a", "b", "c", "d", "e", "f", "g", "h"]);
});

describe("sequences", () => {
  test("a repeated one counts once however often it comes, and gaps are allowed", async () => {
    const { call } = await meteredLicense();
    const caller = call();
    const step = (sequence: number, consumption: number) => reportOne(caller, consumption, { sequence });
    expect(await step(1, 10)).toMatchObject({ total: 10, duplicate: false, sequence: 1 });
    expect(await step(1, 10)).toMatchObject({ total: 10, duplicate: true, sequence: 1 });
    expect(await step(7, 5)).toMatchObject({ total: 15, duplicate: false, sequence: 7 });
    expect(await step(7, 5)).toMatchObject({ total: 15, duplicate: true, sequence: 7 });
    expect(await step(Number.MAX_SAFE_INTEGER, 1)).toMatchObject({
      total: 16,
      sequence: Number.MAX_SAFE_INTEGER,
    });
  });

  test("an older one gets the last counted sequence, which shows a client that it was restored or cloned", async () => {
    const caller = (await meteredLicense()).call();
    await reportOne(caller, 10, { sequence: 9 });
    expect(await reportOne(caller, 3, { sequence: 4 })).toMatchObject({
      total: 10,
      duplicate: true,
      sequence: 9,
    });
    const { evidence } = await store().db.deployment.findFirstOrThrow({ where: { source: caller.source } });
    expect(Object.keys(Object(evidence))).toEqual(["sequence-behind"]);
  });

  test("a lost response causes no suspicion", async () => {
    const caller = (await meteredLicense()).call();
    for (const _ of [1, 2, 3]) await reportOne(caller, 10, { sequence: 9 });
    expect(await store().db.deployment.findFirst({ where: { source: caller.source } })).toMatchObject({
      evidence: {},
    });
  });

  test("one that occurs twice in a report counts once", async () => {
    const caller = (await meteredLicense()).call();
    const results = await report(caller, [
      element(10, { sequence: 1 }),
      element(10, { sequence: 1 }),
      element(5, { sequence: 2 }),
    ]);
    expect(results).toMatchObject([
      { total: 15, duplicate: false },
      { total: 15, duplicate: true },
      { total: 15, duplicate: false, sequence: 2 },
    ]);
  });

  test("each source, allotment and month counts its own", async () => {
    const { call } = await meteredLicense();
    const [one, other] = [call(), call()];
    await reportOne(one, 10, { sequence: 5 });
    expect(await reportOne(other, 10, { sequence: 5 })).toMatchObject({ total: 20, duplicate: false });
    expect(await reportOne(one, 3, { sequence: 5, allotment: "core_time" })).toMatchObject({ total: 3 });
    expect(await reportOne(one, 4, { sequence: 5, month: "2026-07" })).toMatchObject({ total: 4 });
    expect(await reportOne(one, 10, { sequence: 5 })).toMatchObject({ total: 20, duplicate: true });
  });

  test("reports with and without one add up", async () => {
    const caller = (await meteredLicense()).call();
    await reportOne(caller, 10, { sequence: 3 });
    expect(await reportOne(caller, 2)).toMatchObject({ total: 12, duplicate: false });
    expect(await reportOne(caller, 10, { sequence: 3 })).toMatchObject({ total: 12, duplicate: true });
  });
});

describe("days", () => {
  const days = async (license: string) =>
    (await everythingOf(license)).days.map(({ day, consumed }) => [dayOf(day), Number(consumed)]);

  test("add up to the month, however the reports came", async () => {
    const { number, call } = await meteredLicense();
    const caller = call();
    for (const [index, consumption] of [5, 0, 12, 3].entries()) {
      const at = new Date(`${addDays("2026-08-24", index)}T23:59:59.999Z`);
      await reportOne(caller, consumption, { sequence: index + 1 }, at);
      await reportOne(call(), 1, {}, at);
    }
    expect(await days(number)).toHaveLength(7);
    const sum = (await days(number)).reduce((total, [, consumed]) => total + Number(consumed), 0);
    expect(await reportOne(caller, 0)).toMatchObject({ total: sum });
  });

  test("late and early minutes stay in their month", async () => {
    const { number, call } = await meteredLicense();
    const newYearsEve = new Date("2026-12-31T23:30:00Z");
    await reportOne(call(), 1, { month: "2026-02" }, newYearsEve);
    await reportOne(call(), 2, { month: "2026-12" }, newYearsEve);
    await reportOne(call(), 3, { month: "2027-01" }, newYearsEve);
    expect(await days(number)).toEqual([
      ["2026-02-28", 1],
      ["2026-12-31", 2],
      ["2027-01-01", 3],
    ]);
  });
});

describe("the grant of a month", () => {
  test("is that of the definitions in force in it, even for late reports of an allotment that was dropped since", async () => {
    const { number, call, definition } = await meteredLicense();
    const october = new Date("2026-10-02T08:00:00Z");
    const without = { ...definition, allotments: [minutes("core_time", 50)] };
    await putDefinition(number, without, null, false, SYSTEM, october);
    expect(await reportOne(call(), 9, { month: "2026-09" }, october)).toMatchObject({ total: 9, quota: 100 });
    expect(await reportOne(call(), 9, { month: "2026-11" }, new Date("2026-11-02T08:00:00Z"))).toMatchObject({
      total: 9,
      quota: 0,
      overage: 0,
      remaining: 0,
      denied: true,
    });
  });

  test("denies every month after the end of the license and its grace days, and books all the same", async () => {
    const { call } = await meteredLicense({ valid: "2026-01-01/2026-08-31" });
    const lastOfGrace = new Date("2026-09-14T23:59:59.999Z");
    expect(await reportOne(call(), 5, {}, lastOfGrace)).toMatchObject({ total: 5, denied: false });
    const after = new Date("2026-09-15T00:00:00Z");
    expect(await reportOne(call(), 5, {}, after)).toMatchObject({ total: 10, denied: true });
  });
});
