import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "@/domain/month";
import { type DayUse, type ForecastInput, forecast, nextCrossing, paceDays, paceOf } from "./forecast";

const TODAY = "2018-06-20"; // ten days are left
const steady = (consumed: number, count = 28) => back(Array.from({ length: count }, () => consumed));
const input: ForecastInput = {
  grant: { quota: 250, overage: 50 },
  total: 200,
  days: steady(10),
  month: "2018-06",
  today: TODAY,
};

describe("a forecast", () => {
  test("of steady use is one line", () =>
    expect(forecast(input)).toMatchObject({
      low: 300,
      mid: 300,
      high: 300,
      quotaOn: "2018-06-26",
      capOn: "2018-06-30",
    }));

  test("takes the mean of 14 days, and the slowest and fastest 7 of 28", () => {
    const use = [...times(7, 3), ...times(7, 40), ...times(7, 10), ...times(7, 20)];
    expect(forecast({ ...input, days: back(use) })).toMatchObject({ low: 230, mid: 350, high: 600 });
  });

  test("rounds only at the end", () => {
    const days = back([...times(13, 0), 1]);
    expect(forecast({ ...input, days })).toMatchObject({ low: 200, mid: 201, high: 201 });
  });

  test("leaves out today and what is older than 28 days", () => {
    const days = [
      ...steady(10),
      { day: TODAY, consumed: 9999 },
      { day: addDays(TODAY, -29), consumed: 9999 },
    ];
    expect(forecast({ ...input, days })).toMatchObject({ low: 300, mid: 300, high: 300 });
  });

  test("adds the parts of a day and counts missing days as unused", () => {
    const days = [
      { day: addDays(TODAY, -14), consumed: 100 },
      { day: addDays(TODAY, -1), consumed: 30 },
      { day: addDays(TODAY, -1), consumed: 10 },
    ];
    expect(forecast({ ...input, days })?.mid).toBe(300);
  });

  test("reaches into last month for its days", () => {
    const early = { ...input, total: 0, today: "2018-06-01" };
    const days = steady(10).map(({ day, consumed }) => ({ day: addDays(day, -19), consumed }));
    expect(forecast({ ...early, days })?.mid).toBe(290);
  });

  test("is the total on the last day of the month", () => {
    const days = steady(10).map(({ day, consumed }) => ({ day: addDays(day, 10), consumed }));
    expect(forecast({ ...input, days, today: "2018-06-30" })).toMatchObject({
      low: 200,
      mid: 200,
      high: 200,
    });
  });

  test("names its method", () => {
    expect(forecast(input)?.method).toContain("mean of the last 14 whole days");
    expect(forecast({ ...input, days: steady(10, 6) })?.method).toContain("mean of the last 6 whole days");
  });
});

describe("there is no forecast", () => {
  test.each(["2018-05", "2018-07", "2017-06"])("for %s", (month) =>
    expect(forecast({ ...input, month })).toBeNull(),
  );

  test.each([
    [0, true],
    [4, true],
    [5, false],
  ])("after %i whole days: %s", (count, none) =>
    expect(forecast({ ...input, days: steady(10, count) }) === null).toBe(none),
  );

  test("from today's use alone", () =>
    expect(forecast({ ...input, days: [{ day: TODAY, consumed: 5 }] })).toBeNull());
});

describe("the day", () => {
  test.each<[string, Partial<ForecastInput>, string | null, string | null]>([
    ["is the first past the quota, not the one that meets it", { total: 240 }, "2018-06-22", "2018-06-26"],
    ["is today when quota and cap are behind", { total: 301 }, TODAY, TODAY],
    ["of the quota is not yet today at the quota itself", { total: 250 }, "2018-06-21", "2018-06-25"],
    ["of the cap is the one that meets it", { total: 290 }, TODAY, "2018-06-21"],
    ["does not come beyond the month", { total: 100 }, null, null],
    [
      "of the cap does not come with an open overage",
      { grant: { quota: 250, overage: "YES" } },
      "2018-06-26",
      null,
    ],
    ["does not come without use", { days: back([1, ...times(27, 0)]), total: 0 }, null, null],
  ])("%s", (_name, change, quotaOn, capOn) =>
    expect(forecast({ ...input, ...change })).toMatchObject({ quotaOn, capOn }),
  );
});

test.each<[string, Partial<ForecastInput>, ReturnType<typeof nextCrossing>]>([
  ["the quota", {}, { limit: "quota", on: "2018-06-26" }],
  ["the cap, beyond the quota", { total: 260 }, { limit: "cap", on: "2018-06-24" }],
  ["the quota as a cap", { grant: { quota: 250, overage: 0 } }, { limit: "cap", on: "2018-06-25" }],
  [
    "the quota without a cap",
    { grant: { quota: 250, overage: "YES" } },
    { limit: "quota", on: "2018-06-26" },
  ],
  ["nothing beyond the quota without a cap", { grant: { quota: 100, overage: "YES" } }, null],
  ["nothing this month", { total: 100 }, null],
  ["nothing once access is denied", { total: 300 }, null],
  ["nothing after four days", { days: steady(90, 4) }, null],
])("usage reaches %s next", (_, change, crossing) => {
  const { grant, total, days, today } = { ...input, ...change };
  expect(nextCrossing(grant, total, paceOfDays(days, today), today)).toEqual(crossing);
});

test("the pace computed from sums is the one that the forecast uses", () => {
  const uses = fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(uses, fc.nat({ max: 9000 }), fc.nat({ max: 9000 }), (use, quota, overage) => {
      const days = back(use);
      const grant = { quota, overage };
      const found = forecast({ ...input, days, grant });
      const pace = paceOfDays(days, TODAY);
      expect(pace === null).toBe(found === null);
      const crossing = nextCrossing(grant, input.total, pace, TODAY);
      if (crossing) expect(crossing.on).toBe(crossing.limit === "quota" ? found?.quotaOn : found?.capOn);
      else if (found && input.total < quota + overage) expect([found.capOn]).toEqual([null]);
    }),
  );
});

test("usage before the last 28 days gives no pace", () => {
  const days = [{ day: addDays(TODAY, -29), consumed: 10 }, ...steady(10, 4)];
  expect(forecast({ ...input, days })).toBeNull();
  expect(paceOfDays(days, TODAY)).toBeNull();
});

test("low, mid and high are in order, never below the total, and agree with the days", () => {
  const uses = fc.array(fc.nat({ max: 1000 }), { minLength: 5, maxLength: 40 });
  const totals = fc.nat({ max: 50_000 });
  fc.assert(
    fc.property(
      uses,
      totals,
      fc.nat({ max: 50_000 }),
      fc.nat({ max: 9000 }),
      (use, total, quota, overage) => {
        const found = forecast({ ...input, days: back(use), total, grant: { quota, overage } });
        if (found === null) throw new Error("five days are enough");
        expect(total).toBeLessThanOrEqual(found.low);
        expect(found.low).toBeLessThanOrEqual(found.mid);
        expect(found.mid).toBeLessThanOrEqual(found.high);
        expect(
          Object.values(found)
            .filter((value) => typeof value === "number")
            .every(Number.isInteger),
        ).toBe(true);
        if (found.mid > quota + 1) expect(found.quotaOn).not.toBeNull();
        if (found.mid < quota) expect(found.quotaOn).toBeNull();
        if (found.quotaOn && found.capOn && overage > 0) expect(found.quotaOn <= found.capOn).toBe(true);
      },
    ),
  );
});

/** The pace as the store computes it: from the first day and a sum. */
function paceOfDays(days: readonly DayUse[], today: string) {
  const { from, recent } = paceDays(today);
  const known = days.filter(({ day }) => day >= from && day < today);
  const first = known.map(({ day }) => day).toSorted()[0];
  const consumed = known.reduce((sum, use) => (use.day >= recent ? sum + use.consumed : sum), 0);
  return first === undefined ? null : paceOf(first, consumed, today);
}

function times(count: number, consumed: number): number[] {
  return Array.from({ length: count }, () => consumed);
}

/** Usage of the days up to yesterday, oldest first. */
function back(use: number[]): DayUse[] {
  return use.map((consumed, i) => ({ day: addDays(TODAY, i - use.length), consumed }));
}
