import { expect, test } from "vitest";
import type { Allotment, Definition } from "./definition";
import { definitionEffects, deniesAnyone } from "./definition-effects";

const NOW = new Date("2026-08-24T10:00:00Z");
const WHEN = { now: NOW, month: "2026-08", graceDays: 14 };
const NOBODY = { people: 0, pools: 0, license: false };

const seats = (count: number, valid = ""): Allotment => ({
  name: "analyzer",
  usage: { class: "assigned", minimum: 1 },
  provisions: [],
  units: [{ count, valid }],
});
const minutes = (count: number, overage: Allotment["overage"] = 0): Allotment => ({
  ...seats(count),
  name: "analyzer_time",
  usage: { class: "time", minimum: 6 },
  overage,
});
const defined = (allotments: Allotment[], valid = ""): Definition => ({
  product: "QSEfE",
  valid,
  trial: false,
  allotments,
  parameters: [],
});

function effects(before: Definition, after: Definition, used: { live?: number; total?: number } = {}) {
  const { live = 0, total = 0 } = used;
  const inUse = { live: new Map([["analyzer", live]]), totals: new Map([["analyzer_time", total]]) };
  return definitionEffects([{ from: new Date("2026-01-01"), definition: before }], after, inUse, WHEN);
}

test.each([
  [900, 800, 804, { before: 0, after: 4 }, 4],
  [800, 700, 804, { before: 4, after: 104 }, 100],
  [800, 900, 804, { before: 4, after: 0 }, 0],
  [900, 850, 804, { before: 0, after: 0 }, 0],
] as const)("%i to %i seats with %i taken", (from, to, live, excess, people) => {
  const told = effects(defined([seats(from)]), defined([seats(to)]), { live });
  expect(told.pools).toEqual([
    { class: "assigned", name: "analyzer", live, units: { before: from, after: to }, excess },
  ]);
  expect(told.denies).toEqual({ ...NOBODY, people });
  expect(deniesAnyone(told)).toBe(people > 0);
});

test("an allotment that is removed leaves its users in excess", () => {
  const { pools, denies } = effects(defined([seats(10)]), defined([]), { live: 3 });
  expect(pools).toMatchObject([{ name: "analyzer", units: { before: 10, after: 0 }, excess: { after: 3 } }]);
  expect(denies).toEqual({ ...NOBODY, people: 3 });
});

test("units that come into force later change nothing now", () => {
  const { pools } = effects(
    defined([seats(10)]),
    defined([{ ...seats(10), units: [...seats(10).units, ...seats(5, "2026-11-01/.").units] }]),
  );
  expect(pools).toEqual([]);
});

test("more minutes raise the quota of the month, fewer apply from the next month", () => {
  const more = effects(defined([minutes(1500)]), defined([minutes(2000)]), { total: 1600 });
  expect(more.pools).toMatchObject([
    { quota: { before: 1500, after: 2000 }, denied: { before: true, after: false } },
  ]);
  const fewer = effects(defined([minutes(2000)]), defined([minutes(1500)]), { total: 1600 });
  expect(fewer.pools).toEqual([]);
});

test("a license that stops now is reported", () => {
  const began = new Date("2026-08-24T09:59:59Z");
  const told = definitionEffects(
    [{ from: began, definition: defined([minutes(100, "YES")]) }],
    defined([minutes(100, 0)], "./2026-06-30"),
    { live: new Map(), totals: new Map([["analyzer_time", 150]]) },
    WHEN,
  );
  expect(told.standing).toEqual({ before: "active", after: "expired" });
  expect(told.denies).toMatchObject({ license: true });
  expect(deniesAnyone(told)).toBe(true);
});
