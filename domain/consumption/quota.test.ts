import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Definition,
  type Era,
  type Overage,
  type Units,
  unitsInForce,
} from "@/domain/licenses/definition";
import type { ValidityStatus } from "@/domain/licenses/lease";
import { addDays, DAY, monthEnd, monthStart } from "@/domain/month";
import {
  capOf,
  denied,
  type Grant,
  grantSoFar,
  monthGrant,
  monthStatus,
  quotaStatus,
  remaining,
} from "./quota";

const JUNE = "2018-06";
const LONG_AGO = new Date("2000-01-01T00:00:00.000Z");

describe("the quota of a month", () => {
  test("is the units in force all the time", () =>
    expect(grantOf(era(LONG_AGO, [{ count: 200, valid: "" }]))).toEqual({ quota: 200, overage: 0 }));

  test("is the larger one after an upgrade in mid-month, not the sum", () => {
    const upgrade = new Date("2018-06-15T10:00:00.000Z");
    const eras = [era(LONG_AGO, [{ count: 200, valid: "" }]), era(upgrade, [{ count: 300, valid: "" }])];
    expect(grantOf(...eras).quota).toBe(300);
    expect(monthGrant(eras, "analyzer_time", "2018-05").quota).toBe(200);
    expect(monthGrant(eras, "analyzer_time", "2018-07").quota).toBe(300);
  });

  test("stays the larger one after a downgrade in mid-month", () => {
    const downgrade = new Date("2018-06-15T10:00:00.000Z");
    const eras = [era(LONG_AGO, [{ count: 300, valid: "" }]), era(downgrade, [{ count: 200, valid: "" }])];
    expect(grantOf(...eras).quota).toBe(300);
    expect(monthGrant(eras, "analyzer_time", "2018-07").quota).toBe(200);
  });

  test.each<[string, Units[], number]>([
    ["parts that follow each other", [part(200, "./2018-06-14"), part(300, "2018-06-15/.")], 300],
    ["parts that share a day", [part(200, "./2018-06-15"), part(300, "2018-06-15/.")], 500],
    ["a part of one day", [part(200, ""), part(50, "2018-06-30/2018-06-30")], 250],
    ["a part that ends before", [part(200, "./2018-05-31")], 0],
    ["a part that begins after", [part(200, "2018-07-01/.")], 0],
    [
      "three staggered parts",
      [part(1, "./2018-06-10"), part(2, "2018-06-05/2018-06-20"), part(4, "2018-06-15/.")],
      6,
    ],
    ["an unreadable part", [part(200, ""), part(50, "soon")], 200],
    ["no parts", [], 0],
  ])("of %s", (_name, units, quota) => expect(grantOf(era(LONG_AGO, units)).quota).toBe(quota));

  test("counts units only under the definition that was in force with them", () => {
    const change = new Date("2018-06-15T00:00:00.000Z");
    const eras = [era(LONG_AGO, [part(200, "2018-06-20/.")]), era(change, [part(100, "./2018-06-10")])];
    expect(grantOf(...eras)).toEqual({ quota: 0, overage: 0 });
  });

  test("the first definition applies to all time before it", () => {
    const eras = [
      era(new Date("2018-08-01"), [part(200, "")], 10),
      era(new Date("2018-09-01"), [part(300, "")]),
    ];
    expect(grantOf(...eras)).toEqual({ quota: 200, overage: 10 });
    expect(monthGrant(eras, "analyzer_time", "0001-01").quota).toBe(200);
  });

  test("a definition from the first moment of the next month doesn't affect it", () => {
    const eras = [era(LONG_AGO, [part(200, "")]), era(monthEnd(JUNE), [part(300, "")], "YES")];
    expect(grantOf(...eras)).toEqual({ quota: 200, overage: 0 });
  });

  test("a definition that was replaced at once or before the month doesn't affect it", () => {
    const noon = new Date("2018-06-15T12:00:00.000Z");
    const start = monthStart(JUNE);
    expect(grantOf(era(LONG_AGO, []), era(noon, [part(900, "")]), era(noon, [part(1, "")])).quota).toBe(1);
    expect(grantOf(era(LONG_AGO, [part(900, "")]), era(start, [part(1, "")])).quota).toBe(1);
  });

  test("finds the allotment whatever its case, and is 0 if there is none", () => {
    const eras = [era(LONG_AGO, [part(200, "")], "YES")];
    expect(monthGrant(eras, "Analyzer_TIME", JUNE)).toEqual({ quota: 200, overage: "YES" });
    expect(monthGrant(eras, "core_time", JUNE)).toEqual({ quota: 0, overage: 0 });
    expect(monthGrant([], "analyzer_time", JUNE)).toEqual({ quota: 0, overage: 0 });
  });
});

describe("the overage of a month", () => {
  const mid = new Date("2018-06-15T00:00:00.000Z");
  test.each<[Overage | undefined, Overage | undefined, Overage]>([
    [undefined, undefined, 0],
    [20, undefined, 20],
    [20, 50, 50],
    [50, 20, 50],
    ["YES", 1_000_000, "YES"],
    [1_000_000, "YES", "YES"],
    [0, undefined, 0],
  ])("of %s, then %s, is %s", (before, after, overage) =>
    expect(grantOf(era(LONG_AGO, [part(1, "")], before), era(mid, [part(1, "")], after)).overage).toBe(
      overage,
    ),
  );

  test("does not come from a definition without units in its part of the month", () => {
    const eras = [era(LONG_AGO, [part(200, "2018-06-16/.")], "YES"), era(mid, [part(100, "")], 5)];
    expect(grantOf(...eras)).toEqual({ quota: 100, overage: 5 });
  });

  test.each<[string, Units[]]>([
    ["no units", []],
    ["units that ended before", [part(200, "./2018-05-31")]],
    ["units of count 0", [part(0, "")]],
  ])("is 0 with %s, also for YES", (_name, units) =>
    expect(grantOf(era(LONG_AGO, units, "YES"))).toEqual({ quota: 0, overage: 0 }),
  );
});

describe("quota and overage come from one moment", () => {
  const mid = new Date("2018-06-15T00:00:00.000Z");
  test.each<[string, [number, Overage?], [number, Overage?], Grant]>([
    ["300, then 100 with 90", [300], [100, 90], { quota: 300, overage: 0 }],
    ["100 with 90, then 300", [100, 90], [300], { quota: 300, overage: 0 }],
    ["300 with 10, then 100 with 250", [300, 10], [100, 250], { quota: 100, overage: 250 }],
    ["20,000, then 100 with no cap", [20_000], [100, "YES"], { quota: 100, overage: "YES" }],
    ["no cap at 100, then at 300", [100, "YES"], [300, "YES"], { quota: 300, overage: "YES" }],
    ["caps alike, the larger quota", [100, 100], [150, 50], { quota: 150, overage: 50 }],
    ["no units beside no cap", [0, "YES"], [10, 5], { quota: 10, overage: 5 }],
  ])("%s", (_name, [before, over], [after, overAfter], grant) => {
    const eras = [era(LONG_AGO, [part(before, "")], over), era(mid, [part(after, "")], overAfter)];
    expect(grantOf(...eras)).toEqual(grant);
  });
});

describe("a correction", () => {
  const day = (n: number) => new Date(`2018-06-${String(n).padStart(2, "0")}T00:00:00.000Z`);
  const wrong = era(day(5), [part(20_000, "")], "YES");
  const right = correction(day(8), [part(200, "")], 20);

  test("applies to every month that hadn't ended", () => {
    const eras = [era(LONG_AGO, [part(100, "")]), wrong, right];
    expect(grantOf(...eras)).toEqual({ quota: 200, overage: 20 });
    expect(monthGrant(eras, "analyzer_time", "2018-05")).toEqual({ quota: 100, overage: 0 });
    expect(monthGrant(eras, "analyzer_time", "2018-07")).toEqual({ quota: 200, overage: 20 });
  });

  test("leaves the months that had ended by then as they were", () => {
    const eras = [era(LONG_AGO, [part(100, "")]), wrong, correction(day(30), [part(200, "")])];
    const late = [era(LONG_AGO, [part(100, "")]), wrong, correction(monthEnd(JUNE), [part(200, "")])];
    expect(grantOf(...eras)).toEqual({ quota: 200, overage: 0 });
    expect(grantOf(...late)).toEqual({ quota: 20_000, overage: "YES" });
    expect(monthGrant(late, "analyzer_time", "2018-07")).toEqual({ quota: 200, overage: 0 });
  });

  test("of a correction applies to what the first one had corrected", () => {
    const again = correction(day(9), [part(150, "")]);
    expect(grantOf(era(LONG_AGO, [part(100, "")]), wrong, right, again).quota).toBe(150);
    const nextMonth = correction(new Date("2018-07-02T00:00:00.000Z"), [part(150, "")]);
    expect(grantOf(era(LONG_AGO, [part(100, "")]), wrong, right, nextMonth)).toEqual({
      quota: 200,
      overage: 20,
    });
  });

  test("leaves the definition before the mistake in force", () => {
    const eras = [era(LONG_AGO, [part(300, "")]), wrong, right];
    expect(grantOf(...eras)).toEqual({ quota: 300, overage: 0 });
  });

  test("applies to the time of what it corrects, with the units that it has for that time", () => {
    const dated = correction(day(20), [part(70, "2018-06-05/2018-06-06"), part(50, "")]);
    expect(grantOf(era(LONG_AGO, []), wrong, dated).quota).toBe(120);
  });
});

test("a month's grant equals the best of every half day of it", () => {
  const days = fc.integer({ min: -20, max: 50 }).map((n) => addDays(`${JUNE}-01`, n));
  const valid = fc.oneof(
    fc.constantFrom("", "./."),
    days.map((day) => `${day}/.`),
    days.map((day) => `./${day}`),
    fc.tuple(days, days).map(([a, b]) => (a < b ? `${a}/${b}` : `${b}/${a}`)),
  );
  const units = fc.array(fc.record({ count: fc.nat({ max: 9 }), valid }), { maxLength: 4 });
  const overage = fc.constantFrom<(Overage | undefined)[]>(undefined, 0, 3, 7, "YES");
  const changes = fc.tuple(fc.integer({ min: -40, max: 100 }), units, overage, fc.boolean());
  fc.assert(
    fc.property(fc.array(changes, { minLength: 1, maxLength: 5 }), (list) => {
      const eras = list
        .toSorted(([a], [b]) => a - b)
        .map(([half, parts, over, isCorrection], i) => {
          const from = new Date(monthStart(JUNE).getTime() + (half * DAY) / 2);
          return { ...era(from, parts, over), isCorrection: isCorrection && i > 0 };
        });
      expect(grantOf(...eras)).toEqual(grantByLooking(eras));
    }),
    { numRuns: 1000 },
  );
});

test("many old definitions cost no more than a scan", () => {
  const units = Array.from({ length: 50 }, (_, i) => part(1, `${addDays("2018-06-01", i % 30)}/.`));
  const eras = Array.from({ length: 20_000 }, (_, i) => era(new Date(LONG_AGO.getTime() + i * 1000), units));
  let read = 0;
  for (const { definition } of eras.slice(0, -1)) {
    Object.defineProperty(definition, "allotments", { get: () => read++ });
  }
  expect(monthGrant(eras, "analyzer_time", JUNE).quota).toBe(50);
  expect(read).toBe(0);
});

/** The contract's table: total, status, remaining, denied. */
test.each<[Grant, number, string, number | null, boolean]>([
  [{ quota: 100, overage: 20 }, 0, "within", 120, false],
  [{ quota: 100, overage: 20 }, 100, "within", 20, false],
  [{ quota: 100, overage: 20 }, 101, "overage", 19, false],
  [{ quota: 100, overage: 20 }, 119, "overage", 1, false],
  [{ quota: 100, overage: 20 }, 120, "overage", 0, true],
  [{ quota: 100, overage: 20 }, 121, "exceeded", 0, true],
  [{ quota: 100, overage: 0 }, 99, "within", 1, false],
  [{ quota: 100, overage: 0 }, 100, "within", 0, true],
  [{ quota: 100, overage: 0 }, 101, "exceeded", 0, true],
  [{ quota: 100, overage: "YES" }, 100, "within", null, false],
  [{ quota: 100, overage: "YES" }, 101, "overage", null, false],
  [{ quota: 100, overage: "YES" }, 1e15, "overage", null, false],
  [{ quota: 0, overage: 0 }, 0, "within", 0, true],
  [{ quota: 0, overage: 0 }, 1, "exceeded", 0, true],
])("with %j a total of %i is %s, remaining %s, denied %s", (grant, total, state, left, refused) => {
  expect(quotaStatus(grant, total)).toBe(state);
  expect(remaining(grant, total)).toBe(left);
  expect(denied(grant, total)).toBe(refused);
});

describe("the cap so far", () => {
  const at = (day: string) => new Date(`${day}T12:00:00.000Z`);
  const soFar = (now: Date, ...eras: Era[]) => capOf(grantSoFar(eras, "analyzer_time", JUNE, now));

  test("rises with dated units and definitions as they come into force, and never falls", () => {
    const planned = era(LONG_AGO, [part(100, ""), part(50, "2018-06-10/2018-06-12")], 10);
    const raised = era(new Date("2018-06-20T10:00:00.000Z"), [part(200, "")]);
    const caps = ["2018-06-01", "2018-06-09", "2018-06-10", "2018-06-19"].map((day) =>
      soFar(at(day), planned),
    );
    expect(caps).toEqual([110, 110, 160, 160]);
    expect([at("2018-06-20"), at("2018-07-20")].map((now) => soFar(now, planned, raised))).toEqual([
      200, 200,
    ]);
    const lowered = era(new Date("2018-06-20T10:00:00.000Z"), [part(20, "")]);
    expect(soFar(at("2018-06-25"), planned, lowered)).toBe(160);
  });

  test("falls with a correction", () => {
    const corrected = correction(new Date("2018-06-20T10:00:00.000Z"), [part(20, "")]);
    expect(soFar(at("2018-06-25"), era(LONG_AGO, [part(100, "")]), corrected)).toBe(20);
  });

  test("of a month that hasn't begun is that of its first moment", () => {
    const planned = era(LONG_AGO, [part(100, ""), part(50, "2018-06-02/.")]);
    expect(soFar(at("2018-05-31"), planned)).toBe(100);
  });
});

test.each<[ValidityStatus, string, boolean]>([
  ["active", "overage", false],
  ["expiring", "overage", false],
  ["grace", "overage", false],
  ["expired", "ended", true],
  ["not-yet-valid", "overage", true],
])("a month of a license that is %s is %s, denied %s", (license, state, refused) => {
  const grant: Grant = { quota: 100, overage: 20 };
  expect(monthStatus(grant, 110, license)).toEqual({ remaining: 10, state, denied: refused });
});

test("access is denied exactly if nothing remains, and what remains leads to the cap", () => {
  const overage = fc.oneof(fc.nat(), fc.constant<Overage>("YES"));
  fc.assert(
    fc.property(fc.nat(), overage, fc.nat(), (quota, over, total) => {
      const grant: Grant = { quota, overage: over };
      const left = remaining(grant, total);
      expect(denied(grant, total)).toBe(left === 0);
      if (left !== null && left > 0) expect(total + left).toBe(capOf(grant));
      if (quotaStatus(grant, total) === "exceeded") expect(denied(grant, total)).toBe(true);
    }),
  );
});

function part(count: number, valid: string): Units {
  return { count, valid };
}

function era(from: Date, units: Units[], overage?: Overage): Era {
  const usage = { class: "time", minimum: 6 } as const;
  const allotment = { name: "analyzer_time", usage, provisions: [], units, overage };
  const definition: Definition = {
    product: "QSEfW",
    valid: "",
    trial: false,
    allotments: [allotment],
    parameters: [],
  };
  return { from, definition };
}

function correction(from: Date, units: Units[], overage?: Overage): Era {
  return { ...era(from, units, overage), isCorrection: true };
}

function grantOf(...eras: Era[]): Grant {
  return monthGrant(eras, "analyzer_time", JUNE);
}

/** The slow way: at each half day of the month, the grant of the definition in force, or of its correction. */
function grantByLooking(eras: Era[]): Grant {
  const grants: Grant[] = [{ quota: 0, overage: 0 }];
  for (let at = monthStart(JUNE); at < monthEnd(JUNE); at = new Date(at.getTime() + DAY / 2)) {
    let index = Math.max(
      0,
      eras.findLastIndex(({ from }) => from <= at),
    );
    while (eras[index + 1]?.isCorrection && (eras[index + 1]?.from ?? at) < monthEnd(JUNE)) index += 1;
    for (const allotment of eras[index]?.definition.allotments ?? []) {
      const quota = unitsInForce(allotment, at);
      if (quota > 0) grants.push({ quota, overage: allotment.overage ?? 0 });
    }
  }
  const size = (grant: Grant) => capOf(grant) ?? Number.POSITIVE_INFINITY;
  const most = Math.max(...grants.map(size));
  const largest = grants.filter((grant) => size(grant) === most);
  return largest.toSorted((a, b) => b.quota - a.quota)[0] as Grant;
}
