import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readElement } from "@/domain/consumption/report";
import { addMonths } from "@/domain/month";
import { SYSTEM } from "@/server/access/actor";
import type { Report } from "@/server/consumption/consumption-slots";
import { changeLicense } from "@/server/licenses/license-changes";
import { putDefinition } from "@/server/licenses/license-definitions";
import { runCheck } from "@/server/maintenance/check";
import { beginEpoch } from "@/server/restores/restores";
import { store } from "@/server/store/store";
import { issue } from "@/server/testing/test-checkouts";
import { boundedLicense, leaseItem, runOf } from "@/server/testing/test-leases";
import { minutes, NOW } from "@/server/testing/test-licenses";
import { element, everythingOf, month } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { recordDirectly } from "./direct-leases";
import { recordLeasesAlone, recordWithLeases, withAuditLock } from "./lease-booking";
import { releaseLease } from "./lease-release";

useStore();

const allotments = [minutes("analyzer_time", 6000, 0)];
const leasesOf = (license: string) => store().db.minuteLease.findMany({ where: { license } });
const stateOf = async (license: string) => [await everythingOf(license), await leasesOf(license)];

/** A run that holds 60 minutes, and its next report: it used 12 of them, and wants to hold 60 again. */
async function holding(wanted: Parameters<typeof boundedLicense>[0] = {}) {
  const { number, call, definition } = await boundedLicense({ allotments, ...wanted });
  const site = runOf(call());
  await site.ask(60);
  const lease = site.lease?.lease ?? "";
  const item = (asked: object = {}) => leaseItem(site.run, 2, { used: 12, lease, granted: 60, ...asked });
  const report = (asked: object = {}, more: Partial<Report> = {}): Report => ({
    caller: site.caller,
    elements: [readElement(element(12, { sequence: 1, lease }), NOW)],
    leases: [item(asked)],
    now: NOW,
    ...more,
  });
  return { number, call, definition, site, lease, report };
}

test("a report whose request gets what it asks for is booked in the shared statement", async () => {
  const { number, lease, report } = await holding();
  expect(await recordDirectly(report())).toMatchObject({
    leases: [{ lease, granted: 72, booked: 12, total: 12, reserved: 60, cap: 6000, free: 5928 }],
  });
  expect(await leasesOf(number)).toMatchObject([{ granted: 72n, booked: 12n, sequence: 2n }]);
});

test("so is one that only settles what it used", async () => {
  const { number, report } = await holding();
  expect(await recordDirectly(report({}, { leases: [] }))).toMatchObject({ leases: [] });
  expect(await leasesOf(number)).toMatchObject([{ granted: 60n, booked: 12n, sequence: 1n }]);
});

type Holding = Awaited<ReturnType<typeof holding>>;
const DECIDED: [string, (site: Holding) => Promise<unknown> | undefined, object?][] = [
  ["a repeated sequence", () => undefined, { sequence: 1 }],
  ["another run's lease", ({ call }) => runOf(call()).ask(6), { run: randomUUID() }],
  ["less use than is booked", () => undefined, { used: 6 }],
  ["more than there is plenty of", () => undefined, { want: 5000 }],
  ["a released lease", ({ number, lease }) => releaseLease(number, lease, "test", SYSTEM, NOW)],
  ["a hold after a restore", () => beginEpoch(NOW)],
  [
    "minutes that a checkout reserves",
    ({ number }) => issue(number, { source: "mill", shares: [{ allotment: "analyzer_time", units: 60 }] }),
  ],
  [
    "a license that isn't bounded any more",
    ({ number }) => changeLicense(number, { settings: { whenOffline: "optimistic" } }, null, SYSTEM, NOW),
  ],
  [
    "another definition than the known one",
    ({ number, definition }) =>
      putDefinition(
        number,
        { ...definition, allotments: [minutes("analyzer_time", 60, 0)] },
        null,
        false,
        SYSTEM,
        NOW,
      ),
  ],
];

describe("nothing is booked of a report that needs a decision", () => {
  test.each(DECIDED)("%s", async (_, prepare, asked = {}) => {
    const site = await holding();
    await prepare(site);
    const { run, sequence, ...values } = { run: site.site.run, sequence: 2, ...asked };
    const item = leaseItem(run, sequence, { used: 12, lease: site.lease, granted: 60, ...values });
    const report = site.report({}, { leases: [item] });
    const before = await stateOf(site.number);
    expect(await recordDirectly(report)).toBeNull();
    expect(await stateOf(site.number)).toEqual(before);
  });

  test("also not its other elements, and those of other reports are", async () => {
    const [one, other] = [await holding(), await holding()];
    const late = readElement(element(6, { month: addMonths(month, -1) }), NOW);
    const mixed = one.report({ want: 5000 });
    const results = await Promise.all([
      recordDirectly({ ...mixed, elements: [...mixed.elements, late] }),
      recordDirectly(other.report()),
    ]);
    expect(results).toMatchObject([null, { leases: [{ granted: 72 }] }]);
    expect((await everythingOf(one.number)).usage).toEqual([]);
  });
});

const step = fc.record({
  site: fc.nat(2),
  spend: fc.nat(4),
  want: fc.integer({ min: 0, max: 12 }),
  asks: fc.boolean(),
  repeats: fc.boolean(),
  isLeased: fc.boolean(),
});

test("booked without a decision or with one, the results and the books are the same", async () => {
  const alone = (report: Report) =>
    withAuditLock((isLocked) => store().sql.transaction((tx) => recordLeasesAlone(tx, report, isLocked)));
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      fc.constantFrom(120, 600, 6000),
      async (steps, cap) => {
        const play = async (record: typeof alone) => {
          const { number, call } = await boundedLicense({ allotments: [minutes("analyzer_time", cap, 0)] });
          const sites = Array.from({ length: 3 }, () => driven(call(), record));
          const results = [];
          for (const one of steps) results.push(await sites[one.site]?.(one));
          return [results, (await leasesOf(number)).map(valuesOf).toSorted(), await monthOf(number)];
        };
        expect(await play(recordWithLeases)).toEqual(await play(alone));
      },
    ),
    { numRuns: 15 },
  );
  expect((await runCheck()).filter((rule) => rule.broken > 0)).toEqual([]);
});

type Row = Awaited<ReturnType<typeof leasesOf>>[number];
const valuesOf = ({ granted, booked, sequence, state, expires, lastContact }: Row) =>
  [granted, booked, sequence, state, expires.toISOString(), lastContact.toISOString()].join(" ");
const monthOf = async (license: string) => {
  const { total, reserved, leased, openLeases } =
    (await store().db.usageMonth.findFirst({ where: { license } })) ?? {};
  return { total, reserved, leased, openLeases };
};

/** A deployment that spends what it holds, and reports at once; what it is answered, without ids. */
function driven(caller: Report["caller"], record: (report: Report) => ReturnType<typeof recordWithLeases>) {
  const run = randomUUID();
  let [sequence, asked, used, reported] = [0, 0, 0, 0];
  let held: { lease: string; granted: number } | undefined;
  return async ({ spend, want, asks, repeats, isLeased }: Omit<Step, "site">) => {
    sequence += 1;
    asked += asks ? 1 : 0;
    used = Math.min(used + spend * 6, Math.max(used, held?.granted ?? 0));
    const sent = element(used - reported, { sequence, lease: isLeased ? held?.lease : undefined });
    const items = asks ? [leaseItem(run, asked, { used, reported, want: want * 6, ...held })] : [];
    const report: Report = { caller, elements: [readElement(sent, NOW)], leases: items, now: NOW };
    const answers = [await record(report), ...(repeats ? [await record(report)] : [])];
    reported = used;
    const [answer] = answers[0]?.leases ?? [];
    if (answer && "lease" in answer) held = { lease: answer.lease, granted: answer.granted ?? 0 };
    return answers.map(({ consumption, leases }) => [
      consumption,
      leases.map((one) => ({ ...one, lease: "" })),
    ]);
  };
}
type Step = { site: number; spend: number; want: number; asks: boolean; repeats: boolean; isLeased: boolean };
