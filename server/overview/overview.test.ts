import { expect, test } from "vitest";
import { matterOf } from "@/domain/licenses/attention";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { capacityMonth } from "@/server/consumption/capacity";
import { changeLicense } from "@/server/licenses/license-changes";
import { forgetProcessState } from "@/server/store/per-process";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { element, meteredLicense, month, report } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { patchFor, sync } from "@/server/testing/test-syncs";
import { overview, worstCourses } from "./overview";

useStore();

test("the overview counts, sorts and looks ahead within the principal's scope", async () => {
  const calm = await makeLicense({ valid: "./2026-12-31" });
  const busy = await meteredLicense({ customer: calm.customer.id });
  const other = await makeLicense({ valid: "./2026-08-30" });
  for (let daysAgo = 18; daysAgo >= 0; daysAgo -= 1)
    await report(busy.call({ source: "warsaw" }), [element(6)], at(daysAgo));
  await sync(busy.call({ source: "warsaw" }), [patchFor(busy.number, "mia")], { now: at(1) });
  const confined: Principal = { ...OWNER, role: "license-admin", customers: [calm.customer.id] };

  const all = await overview(OWNER, NOW);
  expect(all).toMatchObject({
    licenses: 3,
    only: null,
    conditions: { needs: 2, near: 0, healthy: 1, stopped: 0 },
  });
  expect(all.figures).toMatchObject({ seats: { taken: 1 }, ending: { licenses: 1 } });
  expect(all.needs.map(({ row, need }) => [row.number, need.kind])).toEqual([
    [busy.number, "overage"],
    [other.number, "ending"],
  ]);
  const mine = await overview(confined, NOW);
  expect(mine).toMatchObject({ licenses: 2, conditions: { needs: 1, healthy: 1 } });
  expect(mine.ends.filter(({ licenses }) => licenses > 0)).toEqual([{ month: "2026-12", licenses: 1 }]);
  const worst = await worstCourses(mine);
  expect(worst.map(({ row }) => row.number)).toEqual([busy.number, calm.number]);
  const [first] = worst;
  const quota = first?.row.glance.pools.find(({ name }) => name === "analyzer_time");
  expect(quota).toMatchObject({ class: "time" });
  const share = quota?.class === "time" ? quota.total / quota.quota : 0;
  expect(share).toBeGreaterThan(0);
  expect(first?.course.minutes).toHaveLength(30);
  expect(first?.course.minutes.at(-1)).toBeCloseTo(share);
  expect(first?.course.minutes[0]).toBe(0);
  const units = first?.row.glance.pools.reduce(
    (sum, pool) => sum + (pool.class === "assigned" ? pool.units : 0),
    0,
  );
  expect(first?.course.seats.map((each) => Math.round(each * (units ?? 0)))).toEqual([
    ...Array.from({ length: 28 }, () => 0),
    ...[1, 1],
  ]);
  expect(month).toBe("2026-08");
  const single = await overview({ ...OWNER, role: "license-admin", customers: [other.customer.id] }, NOW);
  expect(single.only).toBe(other.number);
});

test("a license that was stopped or expired long ago isn't healthy", async () => {
  const healthy = await makeLicense();
  const customer = healthy.customer.id;
  const stopped = await makeLicense({ customer });
  await changeLicense(stopped.number, { status: "suspended" }, null, SYSTEM, NOW);
  await makeLicense({ customer, valid: "./2025-12-31" });
  const theirs: Principal = { ...OWNER, role: "license-admin", customers: [customer] };
  expect(await overview(theirs, NOW)).toMatchObject({
    licenses: 3,
    conditions: { needs: 0, near: 0, healthy: 1, stopped: 2 },
  });
});

test("the next limit is shown with the day that the capacity page forecasts", async () => {
  const steady = await meteredLicense({});
  const meter = { key: "analyzer_time", name: "analyzer_time" };
  const told = async () => {
    forgetProcessState(); // Reports of earlier days come before the first look of a day.
    const { needs } = await overview(
      { ...OWNER, customers: [steady.customer.id], role: "license-admin" },
      NOW,
    );
    const need = needs.find((one) => matterOf(one.need) === "usage")?.need;
    const allotment = need && "pool" in need && need.pool.class === "time" ? need.pool : null;
    return { kind: need?.kind, crossing: allotment?.crossing };
  };
  const use = async (minutes: number, days: number[]) => {
    for (const daysAgo of days)
      await report(steady.call({ source: "warsaw" }), [element(minutes)], at(daysAgo));
    return (await capacityMonth(steady.number, meter, month, NOW)).forecast;
  };
  expect(await use(1, [40, 3, 2])).toBeNull();
  expect(await told()).toEqual({ kind: undefined, crossing: undefined });
  const below = await use(18, [5, 4, 2, 1, 0]);
  expect(await told()).toEqual({ kind: "crossing", crossing: { limit: "quota", on: below?.quotaOn } });
  const over = await use(10, [0]);
  expect(await told()).toEqual({ kind: "overage", crossing: { limit: "cap", on: over?.capOn } });
});

function at(daysAgo: number): Date {
  return new Date(NOW.getTime() - daysAgo * 86_400_000);
}
