import fc from "fast-check";
import { expect, test } from "vitest";
import { readElement } from "@/domain/consumption/report";
import type { Caller } from "@/server/deployments/admission";
import { retried } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { licenseWithKey } from "@/server/testing/test-callers";
import { minutes, NOW as now } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { againBesideTwins, recordConsumption } from "./consumption";
import { groupReports, type Report } from "./consumption-slots";
import { bookSlots } from "./consumption-statement";

useStore();

type Step = { month: string; sequence: number | null; consumption: number };

const months = ["2026-07", "2026-08"];
const make = () => licenseWithKey({ allotments: [minutes("analyzer_time", 1000)] });

const report = (caller: Caller, steps: Step[]): Report => ({
  caller,
  elements: steps.map((step) => readElement({ id: 1, allotment: "analyzer_time", ...step }, now)),
  now,
});

/** Books like another replica: beside this process's shared statement, on a connection of its own. */
const bookBeside = (reports: Report[]) =>
  againBesideTwins(() => retried(() => bookSlots(store().sql, groupReports(reports).slots, now)));

/** The stored totals by month, and the sums of the sources and of the days. */
async function sums(license: string): Promise<Record<string, number[]>> {
  const { db } = store();
  const where = { license };
  const by = ["month"] as const;
  const sources = await db.usage.groupBy({ by: [...by], where, _sum: { consumed: true } });
  const days = await db.usageDay.groupBy({ by: [...by], where, _sum: { consumed: true } });
  const totals = await db.usageMonth.findMany({ where, orderBy: { month: "asc" } });
  const sumIn = (rows: typeof days, month: string) =>
    Number(rows.find((row) => row.month === month)?._sum.consumed ?? 0);
  return Object.fromEntries(
    totals.map(({ month, total }) => [month, [Number(total), sumIn(sources, month), sumIn(days, month)]]),
  );
}

const allSame = (total: number) => [total, total, total];

test("simultaneous reports, here and on another replica, add up to every minute once", async () => {
  const { number, call } = await make();
  const sources = Array.from({ length: 12 }, () => call());
  const step = (sequence: number): Step => ({ month: "2026-08", sequence, consumption: sequence });
  for (const sequence of [1, 2, 3]) {
    const one = (caller: Caller) => report(caller, [step(sequence)]);
    await Promise.all([
      ...sources.map((caller) => recordConsumption(one(caller))),
      ...sources.map((caller) => bookBeside([one(caller)])),
      bookBeside(sources.toReversed().map(one)),
      bookBeside(sources.map(one)),
      ...sources.map((caller) => recordConsumption(one(caller))),
    ]);
  }
  expect(await sums(number)).toEqual({ "2026-08": allSame(12 * 6) });
});

test("the first report of a source and its duplicate from elsewhere count once", async () => {
  const { number, call } = await make();
  const caller = call();
  const first = report(caller, [{ month: "2026-08", sequence: 1, consumption: 7 }]);
  await Promise.all(Array.from({ length: 10 }, () => bookBeside([first])));
  expect(await sums(number)).toEqual({ "2026-08": allSame(7) });
});

test("reports without a sequence count as often as they come", async () => {
  const { number, call } = await make();
  const plain = report(call(), [{ month: "2026-08", sequence: null, consumption: 1 }]);
  await Promise.all([
    ...Array.from({ length: 10 }, () => recordConsumption(plain)),
    ...Array.from({ length: 10 }, () => bookBeside([plain])),
  ]);
  expect(await sums(number)).toEqual({ "2026-08": allSame(20) });
});

test("the totals of simultaneous reports are never less than was booked before, nor more than everything", async () => {
  const { call } = await make();
  const answered = await Promise.all(
    Array.from({ length: 20 }, () =>
      recordConsumption(report(call(), [{ month: "2026-08", sequence: 1, consumption: 5 }])),
    ),
  );
  const totals = answered.flat().map((result) => ("total" in result ? result.total : 0));
  expect(Math.max(...totals)).toBe(100);
  expect(Math.min(...totals)).toBeGreaterThanOrEqual(5);
});

test("any interleaving with repeats gives the sum of distinct sequences", async () => {
  const { call } = await make();
  const step = fc.record({
    source: fc.nat({ max: 2 }),
    month: fc.constantFrom(...months),
    consumption: fc.nat({ max: 50 }),
    repeats: fc.nat({ max: 2 }),
    together: fc.boolean(),
    beside: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const fresh = await make();
      const callers = [fresh.call(), fresh.call(), fresh.call()];
      const expected: Record<string, number> = {};
      const sent: Report[] = [];
      const sequences = new Map<string, number>();
      for (const { source, month, consumption, repeats, together, beside } of steps) {
        const lane = `${source} ${month}`;
        const sequence = (sequences.get(lane) ?? 0) + 1;
        sequences.set(lane, sequence);
        expected[month] = (expected[month] ?? 0) + consumption;
        const caller = callers[source] ?? call();
        const mine = report(caller, [{ month, sequence, consumption }]);
        const again = sent.slice(-repeats || sent.length);
        const book = (one: Report): Promise<unknown> => (beside ? bookBeside([one]) : recordConsumption(one));
        if (together) await Promise.all([mine, ...again, mine].map(book));
        else for (const one of [mine, ...again, mine]) await book(one);
        sent.push(mine);
      }
      const whole = Object.entries(expected).map(([month, total]) => [month, allSame(total)]);
      expect(await sums(fresh.number)).toEqual(Object.fromEntries(whole));
    }),
    { numRuns: 25 },
  );
});
