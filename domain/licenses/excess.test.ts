import fc from "fast-check";
import { expect, test } from "vitest";
import { crowdedAllotments, excessLimit, excessOf, isExcess, seatsInForce } from "./excess";

const live = [
  { instance: "31", addedAt: 9 },
  { instance: "12", addedAt: 2 },
  { instance: "23", addedAt: 4 },
];

test.each([
  [3, [], null],
  [4, [], null],
  [2, ["31"], 4],
  [1, ["31", "23"], 2],
  [0, ["31", "23", "12"], 0],
  [-1, ["31", "23", "12"], 0],
] as const)("with %i units %j are in excess", (units, excess, limit) => {
  expect(excessOf(live, units)).toEqual(new Set(excess));
  expect(excessLimit(live, units)).toBe(limit);
});

test("a freed seat brings the next user out of excess", () => {
  expect(excessOf(live.slice(0, 2), 2)).toEqual(new Set());
});

test("a tie is decided by the instance", () => {
  const tied = ["b", "a", "c"].map((instance) => ({ instance, addedAt: 1 }));
  expect(excessOf(tied, 1)).toEqual(new Set(["b", "c"]));
});

test("a single limit gives the same result as the ranks", () => {
  const versions = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 30 });
  fc.assert(
    fc.property(versions, fc.nat(35), (added, units) => {
      const rows = added.map((addedAt) => ({ instance: `${addedAt * 7919}`, addedAt }));
      const limit = excessLimit(rows, units);
      const excess = rows.filter((row) => isExcess(row.addedAt, limit)).map(({ instance }) => instance);
      expect(new Set(excess)).toEqual(excessOf(rows, units));
      expect(excess.length).toBe(Math.max(0, rows.length - units));
    }),
  );
});

test("an allotment that the definition doesn't have, or that counts minutes, has no seats", () => {
  const allotment = (name: string, usage: "assigned" | "time") => ({
    ...{ name, usage: { class: usage, minimum: 1 }, provisions: [], units: [{ count: 5, valid: "" }] },
  });
  const allotments = [allotment("Analyzer", "assigned"), allotment("analyzer_time", "time")];
  const definition = { product: "Q", valid: "", trial: false, allotments, parameters: [] };
  const now = new Date("2026-08-24");
  const of = (name: string) => seatsInForce(definition, name, now);
  expect([of("analyzer"), of("analyzer_time"), of("professional")]).toEqual([5, 0, 0]);
  const live = [["analyzer", 5] as const, ["professional", 1] as const, ["viewer", 0] as const];
  expect(crowdedAllotments(definition, live, now)).toEqual(new Map([["professional", 0]]));
});
