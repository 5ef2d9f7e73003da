import fc from "fast-check";
import { expect, test } from "vitest";
import type { Era, Overage, Units } from "@/domain/licenses/definition";
import { addDays } from "@/domain/month";
import { monthWhy } from "./month-why";
import { monthGrant } from "./quota";

const JUNE = "2018-06";
const LONG_AGO = new Date("2000-01-01");

test("a reduction in the middle of a month doesn't count", () => {
  const eras = [era(LONG_AGO, [{ count: 300, valid: "" }]), era(june(15), [{ count: 100, valid: "" }], 90)];
  expect(whyIn(eras)).toEqual([
    ["06-01", "06-15", 300, 0, true, "LARGEST_CAP"],
    ["06-15", "07-01", 100, 90, false, "SMALLER_CAP"],
  ]);
});

test("a corrected definition is listed beside the one that counts in its place", () => {
  const eras = [
    era(LONG_AGO, [{ count: 100, valid: "" }]),
    era(june(5), [{ count: 20_000, valid: "" }], "YES"),
    { ...era(june(8), [{ count: 200, valid: "" }]), isCorrection: true },
  ];
  expect(whyIn(eras)).toEqual([
    ["06-01", "06-05", 100, 0, false, "SMALLER_CAP"],
    ["06-05", "06-08", 20_000, "YES", false, "CORRECTED"],
    ["06-05", "07-01", 200, 0, true, "LARGEST_CAP"],
  ]);
});

test("a change elsewhere in the definition splits no period, but dated units do", () => {
  const units = [
    { count: 100, valid: "" },
    { count: 50, valid: "2018-06-10/2018-06-12" },
  ];
  expect(whyIn([era(LONG_AGO, units), era(june(20), units)])).toEqual([
    ["06-01", "06-10", 100, 0, false, "SMALLER_CAP"],
    ["06-10", "06-13", 150, 0, true, "LARGEST_CAP"],
    ["06-13", "07-01", 100, 0, false, "SMALLER_CAP"],
  ]);
});

test("a period without units doesn't count, even with overage", () => {
  expect(whyIn([era(LONG_AGO, [{ count: 10, valid: "2018-06-21/." }], "YES")])).toEqual([
    ["06-01", "06-21", 0, "YES", false, "NO_UNITS"],
    ["06-21", "07-01", 10, "YES", true, "LARGEST_CAP"],
  ]);
  expect(whyIn([])).toEqual([]);
});

test("the period that counts is what the month grants, and the periods that weren't corrected cover the month", () => {
  const days = fc.integer({ min: 1, max: 30 }).map((n) => addDays(`${JUNE}-01`, n - 1));
  const valid = fc.oneof(
    fc.constant(""),
    days.map((day) => `${day}/.`),
    days.map((day) => `./${day}`),
  );
  const change = fc.record({
    day: fc.integer({ min: 1, max: 30 }),
    units: fc.array(fc.record({ count: fc.nat({ max: 9 }), valid }), { maxLength: 3 }),
    overage: fc.constantFrom<(Overage | undefined)[]>(undefined, 3, "YES"),
    isCorrection: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (list) => {
      const eras = list
        .toSorted((a, b) => a.day - b.day)
        .map(({ day, units, overage, isCorrection }, i) => ({
          ...era(june(day), units, overage),
          isCorrection: isCorrection && i > 0,
        }));
      const why = monthWhy(eras, "analyzer_time", JUNE);
      const { quota, overage } = monthGrant(eras, "analyzer_time", JUNE);
      const counting = why.filter(({ counts }) => counts);
      expect(counting.length > 0).toBe(quota > 0);
      for (const stretch of counting) expect(stretch).toMatchObject({ units: quota, overage });
      const valid = why.filter(({ reason }) => reason !== "CORRECTED");
      expect(valid.map(({ to }) => to).slice(0, -1)).toEqual(valid.map(({ from }) => from).slice(1));
      expect([valid[0]?.from, valid.at(-1)?.to]).toEqual([june(1), june(31)].map((at) => at.toISOString()));
    }),
    { numRuns: 500 },
  );
});

function whyIn(eras: Era[]) {
  return monthWhy(eras, "analyzer_time", JUNE).map(({ from, to, units, overage, counts, reason }) => [
    from.slice(5, 10),
    to.slice(5, 10),
    units,
    overage,
    counts,
    reason,
  ]);
}

function june(day: number): Date {
  return new Date(Date.UTC(2018, 5, day));
}

function era(from: Date, units: Units[], overage?: Overage): Era {
  const usage = { class: "time", minimum: 6 } as const;
  const allotment = { name: "analyzer_time", usage, provisions: [], units, overage };
  return {
    from,
    definition: { product: "Q", valid: "", trial: false, allotments: [allotment], parameters: [] },
  };
}
