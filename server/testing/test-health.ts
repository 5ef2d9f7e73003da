import fc from "fast-check";
import { uuidv7 } from "uuidv7";
import { addDays, addMonths, DAY, dayOf, monthOf } from "@/domain/month";
import { SUSPICION_CODES } from "@/domain/suspicions";
import type { License } from "@/server/licenses/license";
import { store } from "@/server/store/store";
import { makeLicense, minutes, NOW, seats } from "./test-licenses";

export const MONTH = monthOf(NOW);
const UNITS = 100;
export const NEVER = 1;
const CALLED = 3;

export const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
const daysAgo = fc.constantFrom(0, 0.4, 0.9, 1, 1.1, 30, 59, 60, 61);
const few = <Value>(values: fc.Arbitrary<Value>) => fc.array(values, { maxLength: 3 });

const deployments = few(
  fc.record({
    daysAgo,
    contacts: fc.constantFrom(NEVER, CALLED),
    isOffline: fc.boolean(),
    codes: fc.subarray([...SUSPICION_CODES], { maxLength: 2 }),
  }),
);
/** Facts about the health of a license, on both sides of every limit. */
export const healthFacts = fc.record({
  status: fc.constantFrom("active", "suspended", "revoked"),
  valid: fc.constantFrom("", "./2026-07-01", "./2026-08-20", "./2026-09-10", "2026-09-01/."),
  live: fc.integer({ min: 0, max: 2 * UNITS }),
  used: fc.array(fc.record({ back: fc.nat(30), consumed: fc.integer({ min: 1, max: 20 }) }), {
    maxLength: 8,
  }),
  leased: fc.nat(5),
  shares: few(
    fc.record({
      isTime: fc.boolean(),
      units: fc.integer({ min: 1, max: 9 }),
      live: fc.nat(9),
      left: fc.integer({ min: -2, max: 2 }),
    }),
  ),
  deployments,
  rejections: few(
    fc.record({ subject: fc.nat(1), code: fc.constantFrom("EXCESS", "NO_AVAILABLE_UNITS"), daysAgo }),
  ),
  requests: few(
    fc.record({ product: fc.constantFrom("QV", "NPrinting"), state: fc.constantFrom("waiting", "rejected") }),
  ),
  offer: fc.record({ isWithdrawn: fc.boolean(), until: fc.constantFrom(null, -1, 0, 1) }),
  guessed: fc.option(daysAgo),
});
export type HealthFacts = typeof healthFacts extends fc.Arbitrary<infer Value> ? Value : never;

/** A license whose rows say what the facts say. */
export async function licenseWith(some: HealthFacts, customer?: string): Promise<License> {
  const allotments = [seats("analyzer", UNITS), minutes("analyzer_time", UNITS)];
  const license = await makeLicense({ valid: some.valid, allotments, ...(customer ? { customer } : {}) });
  const { number } = license;
  const { db } = store();
  const until = some.shares.map(({ left }) => ago(-left)).sort((one, next) => next.getTime() - one.getTime());
  const status = some.status as License["status"];
  await db.license.update({ where: { number }, data: { status, sharesUntil: until[0] ?? null } });
  await db.allotment.updateMany({
    where: { licenseNumber: number, key: "analyzer" },
    data: { live: some.live },
  });
  await db.allotment.create({
    data: { licenseNumber: number, key: "gone", name: "Gone", class: "assigned", live: some.live },
  });
  await storeUsage(number, some);
  await storeCalls(number, some);
  return license;
}

async function storeUsage(license: string, some: HealthFacts): Promise<void> {
  const { db } = store();
  const allotment = "analyzer_time";
  const days = daysOf(some);
  await db.usageDay.createMany({
    data: days.map(({ day, consumed }, at) => ({
      ...{ license, allotment, month: day.slice(0, 7), day: new Date(day), source: `site-${at}`, consumed },
    })),
  });
  const totalOf = (month: string) => sum(days.filter(({ day }) => day.startsWith(month)));
  await db.usageMonth.createMany({
    data: [
      { license, allotment, month: MONTH, total: totalOf(MONTH), reserved: some.leased },
      { license, allotment, month: addMonths(MONTH, -1), total: totalOf(addMonths(MONTH, -1)) },
    ],
  });
  await db.checkoutShare.createMany({
    data: some.shares.map(({ isTime, units, live, left }, at) => ({
      ...{ license, source: `far-${at}`, allotment: isTime ? allotment : "analyzer", units, live },
      ...{ checkout: crypto.randomUUID(), since: ago(3), until: ago(-left) },
    })),
  });
}

async function storeCalls(license: string, some: HealthFacts): Promise<void> {
  const { db } = store();
  const jti = crypto.randomUUID();
  await db.deployment.createMany({
    data: some.deployments.map(({ contacts, isOffline, codes, ...call }, at) => ({
      ...{
        license,
        source: `site-${at}`,
        jti,
        contacts,
        evidence: Object.fromEntries(codes.map((code) => [code, {}])),
      },
      ...{ firstSeen: ago(90), lastSeen: seenAt(call, at), lastUpload: isOffline ? seenAt(call, at) : null },
    })),
  });
  await db.rejection.createMany({
    data: some.rejections.map(({ subject, code, daysAgo: days }, at) => ({
      ...{ license, allotment: "analyzer", subjectIndex: Buffer.from([subject]), source: `site-${at}`, code },
      ...{ subject: Buffer.from("x"), firstAt: ago(days), lastAt: ago(days) },
    })),
  });
  for (const [at, { product, state }] of some.requests.entries())
    await db.dualUseRequest.createMany({
      data: {
        id: uuidv7(),
        license,
        source: `site-${at}`,
        product,
        state: state as "waiting",
        jti,
        firstAt: NOW,
        lastAt: NOW,
      },
      skipDuplicates: true,
    });
  const { isWithdrawn, until } = some.offer;
  const limits = { until: until === null ? null : ago(-until), withdrawnAt: isWithdrawn ? NOW : null };
  const by = { createdAt: NOW, createdByKind: "user", createdBy: "ada" };
  await db.dualUseOffer.create({ data: { id: uuidv7(), license, products: ["QV"], ...limits, ...by } });
  if (some.guessed === null) return;
  const guess = { openFor: license, mac: Buffer.from([0]), guessedAt: ago(some.guessed) };
  await db.controlNumber.create({ data: { id: uuidv7(), license, ...guess, ...by } });
}

/** When a deployment called: each at another time. */
export function seenAt({ daysAgo: days }: { daysAgo: number }, at: number): Date {
  return new Date(ago(days).getTime() - at);
}

export function daysOf({ used }: HealthFacts) {
  return used.map(({ back, consumed }) => ({ day: addDays(dayOf(NOW), -back), consumed }));
}

export function sum(parts: readonly { consumed: number }[]): number {
  return parts.reduce((all, { consumed }) => all + consumed, 0);
}
