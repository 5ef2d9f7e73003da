import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { capOf, remaining } from "@/domain/consumption/quota";
import { grantWithout, promisedAt, reservedFrom, roomFor, type Share } from "./shares";

const NOW = new Date("2026-08-24T10:00:00Z");
const share = (source: string, units: number, used = 0, more: Partial<Share> = {}): Share => ({
  ...{ source, units, used },
  ...{ since: new Date("2026-07-20T00:00:00Z"), until: new Date("2026-10-05T00:00:00Z") },
  ...more,
});

test("the largest of a source's shares counts, and an ended one doesn't", () => {
  const shares = [share("a", 10, 3), share("a", 15, 3), share("b", 5), share("c", 7, 0, { until: NOW })];
  expect(promisedAt(shares, NOW)).toEqual([
    { source: "a", units: 15, used: 3 },
    { source: "b", units: 5, used: 0 },
  ]);
});

test.each([
  ["2026-06", 0],
  ["2026-07", 1],
  ["2026-08", 1],
  ["2026-10", 1],
  ["2026-11", 0],
] as const)("a share issued in July that ends in October touches %s: %i", (month, count) => {
  expect(promisedAt([share("a", 10)], NOW, month)).toHaveLength(count);
});

test("a share that ends with a month doesn't affect the next one", () => {
  const shares = [share("a", 10, 0, { until: new Date("2026-09-01T00:00:00Z") })];
  expect(promisedAt(shares, NOW, "2026-09")).toEqual([]);
});

describe("seats", () => {
  const promised = promisedAt([share("mill", 10, 4), share("mine", 5, 5)], NOW);
  test.each([
    ["others have what no share reserves", "office", { units: 100, live: 86 }],
    ["an admin is one of the others", null, { units: 100, live: 86 }],
    ["a source with a share has its share alone", "mill", { units: 10, live: 4 }],
    ["a share that is used up is full", "mine", { units: 5, live: 5 }],
  ] as const)("%s", (_, source, room) => {
    expect(roomFor(source, { units: 100, live: 80 }, promised)).toEqual(room);
  });

  test("a source that holds more than its share takes nothing from the others beyond that", () => {
    expect(reservedFrom("office", [{ source: "mill", units: 10, used: 12 }])).toBe(0);
  });
});

test.each([
  [0, 100, 20],
  [30, 70, 20],
  [110, 0, 10],
  [500, 0, 0],
])("with %i reserved of 100 + 20 overage the others have %i + %i", (reserved, quota, overage) => {
  expect(grantWithout({ quota: 100, overage: 20 }, reserved)).toEqual({ quota, overage });
});

test("without a cap a share adds none", () => {
  expect(grantWithout({ quota: 100, overage: "YES" }, 30)).toEqual({ quota: 70, overage: "YES" });
});

test("whatever others use, and the deployment uses of its share, together they stay within the cap", () => {
  const sizes = fc.nat({ max: 500 });
  fc.assert(
    fc.property(sizes, sizes, sizes, sizes, sizes, (quota, overage, units, used, others) => {
      const grant = { quota, overage };
      fc.pre(units <= quota + overage);
      const promised = [{ source: "mill", units, used: Math.min(used, units) }];
      const booked = Math.min(used, units);
      const rest = grantWithout(grant, reservedFrom("office", promised));
      const left = remaining(rest, booked + others) ?? 0;
      const cap = capOf(grant) ?? 0;
      // If others use all that they are told is left, the whole share still fits, unless they were above it already.
      expect(others + left + units).toBeLessThanOrEqual(Math.max(cap, others + units));
      expect(left).toBe(Math.max(0, cap - units - others));
    }),
  );
});
