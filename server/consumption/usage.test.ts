import { expect, test } from "vitest";
import { readElement } from "@/domain/consumption/report";
import type { Definition, Overage } from "@/domain/licenses/definition";
import { SYSTEM } from "@/server/access/actor";
import { listDeployments } from "@/server/deployments/deployment-list";
import { renameDeployment } from "@/server/deployments/deployments";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { putDefinition } from "@/server/licenses/license-definitions";
import { type Call, licenseWithKey } from "@/server/testing/test-callers";
import { minutes, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { capacityMonth } from "./capacity";
import { readConsumption, recordConsumption } from "./consumption";
import { monthUsage } from "./usage";

useStore();

const at = (time: string) => new Date(`${time}T12:00:00Z`);

/** A report of `source` at noon of a day, for that day's month by default. */
function report(
  call: Call,
  source: string,
  day: string,
  consumption: number,
  { allotment = "analyzer_time", month = day.slice(0, 7) } = {},
) {
  const now = at(day);
  const elements = [readElement({ id: 1, allotment, month, consumption }, now)];
  return recordConsumption({ caller: call({ source }), elements, now });
}

const EMPTY = { why: expect.any(Array), forecast: null, bySource: [], byDay: [] };
const NOTHING = { total: 0, state: "within", denied: false, ...EMPTY };

test("a month has its total, sources and days, and a status by quota and overage", async () => {
  const { number, call } = await licenseWithKey({
    allotments: [minutes("Analyzer_Time", 100), seats("analyzer", 1), minutes("core_time", 5, "YES")],
  });
  await report(call, "warsaw", "2026-08-03", 60);
  await report(call, "munich", "2026-08-03", 20);
  await report(call, "warsaw", "2026-08-04", 30);
  await report(call, "warsaw", "2026-08-04", 7, { month: "2026-07" });
  await report(call, "warsaw", "2026-08-04", 9, { allotment: "core_time" });
  const usage = await monthUsage(number, "2026-08", at("2026-08-04"));
  expect(usage).toEqual({
    month: "2026-08",
    allotments: [
      {
        ...{
          name: "Analyzer_Time",
          quota: 100,
          overage: 20,
          total: 110,
          reserved: 0,
          unleased: 110,
          capSoFar: 120,
          free: 10,
          remaining: 10,
          state: "overage",
          denied: false,
        },
        why: expect.any(Array),
        forecast: null,
        bySource: [
          { source: "munich", consumed: 20 },
          { source: "warsaw", consumed: 90 },
        ],
        byDay: [
          { day: "2026-08-03", source: "munich", consumed: 20 },
          { day: "2026-08-03", source: "warsaw", consumed: 60 },
          { day: "2026-08-04", source: "warsaw", consumed: 30 },
        ],
      },
      {
        ...{
          name: "core_time",
          quota: 5,
          overage: "YES",
          total: 9,
          reserved: 0,
          unleased: 9,
          capSoFar: null,
          free: null,
          remaining: null,
          state: "overage",
          denied: false,
        },
        why: expect.any(Array),
        forecast: null,
        bySource: [{ source: "warsaw", consumed: 9 }],
        byDay: [{ day: "2026-08-04", source: "warsaw", consumed: 9 }],
      },
    ],
  });
  const july = await monthUsage(number, "2026-07", at("2026-08-04"));
  expect(july.allotments[0]).toMatchObject({ total: 7, byDay: [{ day: "2026-07-31", consumed: 7 }] });
});

test("the forecast uses days of the month before, and the list of days doesn't", async () => {
  const { number, call } = await licenseWithKey({ allotments: [minutes("analyzer_time", 100)] });
  for (const day of ["2026-07-28", "2026-07-29", "2026-07-30", "2026-07-31", "2026-08-01"])
    await report(call, "s", day, 5);
  const [usage] = (await monthUsage(number, "2026-08", at("2026-08-02"))).allotments;
  expect(usage?.byDay).toEqual([{ day: "2026-08-01", source: "s", consumed: 5 }]);
  expect(usage?.forecast).toMatchObject({ mid: 5 + 5 * 29, quotaOn: "2026-08-22" });
  expect((await monthUsage(number, "2026-07", at("2026-08-02"))).allotments[0]?.forecast).toBeNull();
});

test("an allotment that a later definition dropped stays in the months with usage or a grant", async () => {
  const license = await licenseWithKey({ allotments: [minutes("old", 100), minutes("analyzer_time", 10)] });
  await report(license.call, "s", "2026-08-24", 4, { allotment: "old" });
  const definition = { ...license.definition, allotments: [minutes("analyzer_time", 10)] };
  await putDefinition(license.number, definition, null, false, SYSTEM, NOW);
  const names = async (month: string) =>
    (await monthUsage(license.number, month, at("2026-09-02"))).allotments.map(({ name }) => name);
  expect(await names("2026-08")).toEqual(["analyzer_time", "old"]);
  expect(await names("2026-09")).toEqual(["analyzer_time"]);
  await report(license.call, "s", "2026-09-02", 1, { allotment: "old" });
  const september = await monthUsage(license.number, "2026-09", at("2026-09-02"));
  expect(september.allotments[1]).toMatchObject({
    name: "old",
    quota: 0,
    overage: 0,
    total: 1,
    state: "exceeded",
    denied: true,
  });
});

test("a license without usage or without time allotments can be read too", async () => {
  const { number } = await licenseWithKey({ allotments: [minutes("time", 10, 0)] });
  const { allotments } = await monthUsage(number, "2026-08", NOW);
  expect(allotments).toEqual([
    {
      ...{ ...NOTHING, name: "time", quota: 10, overage: 0, remaining: 10 },
      ...{ reserved: 0, unleased: 0, capSoFar: 10, free: 10 },
    },
  ]);
  const { number: other } = await licenseWithKey();
  expect(await monthUsage(other, "2026-08", NOW)).toEqual({ month: "2026-08", allotments: [] });
  await expect(monthUsage("9999999999999999", "2026-08", NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("deployments are listed by their last contact, found, and named", async () => {
  const { number, call } = await licenseWithKey({ allotments: [minutes("analyzer_time", 100)] });
  for (const [i, source] of ["warsaw", "munich 100%", "paris"].entries())
    await report(call, source, `2026-08-0${i + 1}`, 1);
  const sources = async (query: string) =>
    (await listDeployments(number, { limit: 10, query }, NOW)).items.map(({ source }) => source);
  expect(await sources("")).toEqual(["paris", "munich 100%", "warsaw"]);
  const named = await renameDeployment(number, "warsaw", "Warsaw, prod", SYSTEM, NOW);
  expect(named).toMatchObject({
    source: "warsaw",
    name: "Warsaw, prod",
    product: "QSEfW",
    lastReport: at("2026-08-01"),
  });
  expect(await sources("PROD")).toEqual(["warsaw"]);
  expect(await sources("0%")).toEqual(["munich 100%"]);
  expect((await renameDeployment(number, "warsaw", "", SYSTEM, NOW)).name).toBeNull();
  await expect(renameDeployment(number, "rome", "x", SYSTEM, NOW)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const first = await listDeployments(number, { limit: 2 }, NOW);
  const second = await listDeployments(number, { limit: 2, cursor: first.cursor ?? "" }, NOW);
  expect(second.items.map(({ source }) => source)).toEqual(["warsaw"]);
});

test("after the end of a license and its grace days every month is ended and denied, as for products", async () => {
  const { number, call } = await licenseWithKey({
    allotments: [minutes("analyzer_time", 100)],
    valid: "2026-01-01/2026-08-09",
  });
  const allotment = async (now: Date) => {
    const [usage] = (await monthUsage(number, "2026-08", now)).allotments;
    const page = await capacityMonth(number, { key: "analyzer_time", name: "analyzer_time" }, "2026-08", now);
    const [told] = await readConsumption(call(), "2026-08", now);
    const [shown] = (await allotmentsByLicense([number], now)).get(number) ?? [];
    return [usage, page, told, shown];
  };
  await report(call, "warsaw", "2026-08-03", 7);
  const before = { total: 7, remaining: 113, denied: false };
  for (const one of await allotment(new Date("2026-08-23T23:59:59Z"))) expect(one).toMatchObject(before);
  const after = await allotment(new Date("2026-08-24T00:00:00Z"));
  for (const one of after) expect(one).toMatchObject({ ...before, denied: true });
  for (const one of after.slice(0, 2)) expect(one).toMatchObject({ state: "ended" });
});

test("a month lists the periods that set its quota and overage", async () => {
  const { number } = await licenseWithKey({ allotments: [minutes("analyzer_time", 300, 0)] });
  await putDefinition(number, withMinutes(100, 90), null, false, SYSTEM, at("2026-09-10"));
  const [usage] = (await monthUsage(number, "2026-09", at("2026-09-12"))).allotments;
  expect(usage).toMatchObject({ quota: 300, overage: 0 });
  expect(usage?.why).toEqual([
    {
      ...{ from: "2026-09-01T00:00:00.000Z", to: "2026-09-10T12:00:00.000Z", units: 300, overage: 0 },
      ...{ counts: true, reason: "LARGEST_CAP" },
    },
    {
      ...{ from: "2026-09-10T12:00:00.000Z", to: "2026-10-01T00:00:00.000Z", units: 100, overage: 90 },
      ...{ counts: false, reason: "SMALLER_CAP" },
    },
  ]);
});

function withMinutes(count: number, overage: Overage): Definition {
  const allotments = [minutes("analyzer_time", count, overage)];
  return { product: "QSEfW", valid: "", trial: false, allotments, parameters: [] };
}
