import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readElement } from "@/domain/consumption/report";
import { SYSTEM } from "@/server/access/actor";
import { againBesideTwins } from "@/server/consumption/consumption";
import type { Report } from "@/server/consumption/consumption-slots";
import { monthUsage } from "@/server/consumption/usage";
import { runCheck } from "@/server/maintenance/check";
import { store } from "@/server/store/store";
import { boundedLicense, leaseItem } from "@/server/testing/test-leases";
import { minutes, NOW } from "@/server/testing/test-licenses";
import { element, month } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { recordLeasesAlone, recordWithLeases, withAuditLock } from "./lease-booking";
import type { LeaseValues } from "./lease-decisions";
import { releaseLease } from "./lease-release";

useStore();

/** Like another replica: in a transaction of its own beside this process's shared one. */
const recordBeside = (report: Report) =>
  againBesideTwins(() =>
    withAuditLock((isLocked) => store().sql.transaction((tx) => recordLeasesAlone(tx, report, isLocked))),
  );

const usageOf = async (license: string) => (await monthUsage(license, month, NOW)).allotments[0];
const broken = async () => (await runCheck()).filter((rule) => rule.broken > 0);

test("simultaneous requests, here and on another replica, never reserve more than the cap", async () => {
  const { number, call } = await boundedLicense({ allotments: [minutes("analyzer_time", 600, 0)] });
  const reports = Array.from({ length: 10 }, (): Report => {
    return { caller: call(), elements: [], leases: [leaseItem(randomUUID(), 1, { want: 300 })], now: NOW };
  });
  const results = await Promise.all(
    reports.flatMap((report, i) => {
      const record = i % 2 ? recordBeside : recordWithLeases;
      return [record(report), (i % 3 ? recordBeside : recordWithLeases)(report)];
    }),
  );
  const granted = results.map(({ leases }) => (leases[0] as LeaseValues).granted ?? 0);
  for (let i = 0; i < granted.length; i += 2) expect(granted[i]).toBe(granted[i + 1]);
  const sum = granted.reduce((total, one) => total + one, 0) / 2;
  const usage = await usageOf(number);
  expect(usage?.reserved).toBe(sum);
  expect(sum).toBeLessThanOrEqual(600);
  expect(await broken()).toEqual([]);
});

const step = fc.record({
  site: fc.nat(3),
  spend: fc.nat(3),
  want: fc.nat(10),
  beside: fc.boolean(),
  twice: fc.boolean(),
  release: fc.nat(9).map((one) => one === 0),
});

test("whatever arrives at the same time, the books add up and stay within the cap", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
      async (rounds) => {
        const { number, call } = await boundedLicense({ allotments: [minutes("analyzer_time", 120, 0)] });
        const sites = Array.from({ length: 4 }, () => site(call()));
        for (const round of rounds) await Promise.all(round.map((one) => sites[one.site]?.act(number, one)));
        const usage = await usageOf(number);
        const overrun = sites.reduce((sum, { released }) => sum + released(), 0);
        expect((usage?.total ?? 0) + (usage?.reserved ?? 0)).toBeLessThanOrEqual(120 + overrun);
        expect(usage?.total).toBe(sites.reduce((sum, { used }) => sum + used(), 0));
      },
    ),
    { numRuns: 12 },
  );
  expect(await broken()).toEqual([]);
});

type Step = { spend: number; want: number; beside: boolean; twice: boolean; release: boolean };

/** A deployment that spends only what it holds, and reports at once. It waits for its turn. */
function site(caller: Report["caller"]) {
  const run = randomUUID();
  let [sequence, used, reported, released] = [0, 0, 0, 0];
  let lease: LeaseValues | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const act = async (license: string, { spend, want, beside, twice, release }: Step) => {
    sequence += 1;
    used = Math.min(used + spend * 6, Math.max(used, lease?.granted ?? 0));
    const sent = element(used - reported, { sequence, lease: lease?.lease });
    const held = lease ? { lease: lease.lease, granted: lease.granted } : {};
    const leases = [leaseItem(run, sequence, { used, reported, want: want * 6, ...held })];
    const report = { caller, elements: [readElement(sent, NOW)], leases, now: NOW };
    const record = beside ? recordBeside : recordWithLeases;
    const [first] = await Promise.all([record(report), ...(twice ? [recordBeside(report)] : [])]);
    reported = used;
    const [answer] = first.leases;
    if (answer && !("error" in answer)) lease = answer;
    if (release && lease) released += (await releaseLease(license, lease.lease, "test", SYSTEM, NOW)).minutes;
  };
  return {
    act: (license: string, one: Step) => (turn = turn.then(() => act(license, one))),
    used: () => used,
    released: () => released,
  };
}
