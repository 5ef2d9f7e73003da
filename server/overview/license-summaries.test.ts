import fc from "fast-check";
import { expect, test } from "vitest";
import { paceDays, paceOf } from "@/domain/consumption/forecast";
import type { Definition } from "@/domain/licenses/definition";
import { validityStatus } from "@/domain/licenses/lease";
import { licenseAllotments } from "@/domain/licenses/license-allotments";
import type { LicenseHealth } from "@/domain/licenses/license-summary";
import { parseValidity } from "@/domain/licenses/validity";
import { dayOf } from "@/domain/month";
import { SUSPICION_CODES } from "@/domain/suspicions";
import type { License } from "@/server/licenses/license";
import { forgetProcessState } from "@/server/store/per-process";
import {
  ago,
  daysOf,
  type HealthFacts,
  healthFacts,
  licenseWith,
  MONTH,
  NEVER,
  seenAt,
  sum,
} from "@/server/testing/test-health";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { licenseHealthsOf, licensesWithHealth } from "./license-summaries";

useStore();

test("the one statement knows of every license what the rules of the domain need", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(healthFacts, { minLength: 1, maxLength: 4 }), async (all) => {
      const other = await makeLicense();
      const licenses: License[] = [];
      const expected = new Map<string, LicenseHealth>();
      for (const some of all) {
        const license = await licenseWith(some, licenses[0]?.customer.id);
        licenses.push(license);
        expected.set(license.number, healthOf(some, license.definition));
      }
      forgetProcessState();
      const numbers = licenses.map(({ number }) => number);
      expect(await licenseHealthsOf(numbers, NOW)).toEqual(expected);
      const customers = [licenses[0]?.customer.id ?? ""];
      for (const scope of [customers, null, customers]) {
        const found = await licensesWithHealth(scope, NOW);
        const shown = new Map(found.map(({ number, glance }) => [number, glance]));
        expect(shown.has(other.number)).toBe(scope === null);
        for (const [number, health] of expected) expect(shown.get(number)).toEqual(health);
        if (scope) expect(shown.size).toBe(expected.size);
      }
    }),
    { numRuns: 6 },
  );
});

/** The health as the rules tell it from the facts themselves. */
function healthOf(some: HealthFacts, definition: Definition): LicenseHealth {
  const { status, valid, live, leased, guessed } = some;
  const called = some.deployments.map((deployment, at) => ({
    ...deployment,
    at,
    seen: seenAt(deployment, at),
  }));
  const contacts = called.filter(({ contacts }) => contacts !== NEVER).map(({ seen }) => seen.getTime());
  const silent = called
    .filter(({ seen, isOffline }) => !isOffline && seen >= ago(60) && seen < ago(1))
    .sort(byLast);
  const suspected = called.flatMap((deployment) => {
    const worst = Math.min(...deployment.codes.map((code) => SUSPICION_CODES.indexOf(code)));
    return Number.isFinite(worst) ? [{ ...deployment, worst }] : [];
  });
  suspected.sort((one, next) => one.worst - next.worst || byLast(one, next));
  const rejected = some.rejections.filter((each) => each.daysAgo <= 1);
  const codes = rejected.map(({ code }) => code).sort();
  const often = (code: string) => codes.filter((each) => each === code).length;
  const { isWithdrawn, until } = some.offer;
  const isOpen = !isWithdrawn && (until === null || until >= 0);
  const requests = some.requests
    .map((request, at) => ({ ...request, at }))
    .filter(({ state, product }) => isOpen && state === "waiting" && product === "QV");
  const days = daysOf(some);
  const total = sum(days.filter(({ day }) => day.startsWith(MONTH)));
  const reservedBy = (isTime: boolean) =>
    some.shares
      .filter((share) => share.isTime === isTime && share.left > 0)
      .reduce((all, share) => all + Math.max(0, share.units - (isTime ? 0 : share.live)), 0);
  const counts = [
    { key: "analyzer", name: "analyzer", live, total: 0, reserved: reservedBy(false), pace: null },
    {
      key: "analyzer_time",
      name: "analyzer_time",
      live: 0,
      total,
      reserved: reservedBy(true) + leased,
      pace: paceIn(days),
    },
    ...(live > 0 ? [{ key: "gone", name: "Gone", live, total: 0, reserved: 0, pace: null }] : []),
  ];
  return {
    status: status as LicenseHealth["status"],
    standing: validityStatus(valid, NOW, 14),
    endsAt: parseValidity(valid)?.to ?? null,
    pools: licenseAllotments(counts, { eras: [{ from: NOW, definition }], graceDays: 14 }, NOW),
    contact: contacts.length > 0 ? new Date(Math.max(...contacts)) : null,
    silent: silent[0] ? { sites: silent.length, since: silent[0].seen, name: `site-${silent[0].at}` } : null,
    suspected: suspected[0]
      ? {
          sites: suspected.length,
          code: SUSPICION_CODES[suspected[0].worst] ?? "created-off",
          name: `site-${suspected[0].at}`,
        }
      : null,
    rejected:
      rejected.length > 0
        ? {
            subjects: new Set(rejected.map(({ subject }) => subject)).size,
            code: codes.toSorted((one, next) => often(next) - often(one))[0] ?? "",
          }
        : null,
    requested: requests[0] ? { sites: requests.length, product: "QV", name: `site-${requests[0].at}` } : null,
    ...(guessed !== null && guessed <= 1 ? { guessed: ago(guessed) } : {}),
  };
}

function byLast(one: { seen: Date }, other: { seen: Date }): number {
  return other.seen.getTime() - one.seen.getTime();
}

function paceIn(days: ReturnType<typeof daysOf>) {
  const { from, recent } = paceDays(dayOf(NOW));
  const whole = days.filter(({ day }) => day >= from && day < dayOf(NOW));
  const [first] = whole.map(({ day }) => day).sort();
  return first ? paceOf(first, sum(whole.filter(({ day }) => day >= recent)), dayOf(NOW)) : null;
}
