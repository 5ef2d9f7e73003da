import { expect, test } from "vitest";
import { addDays, addMonths, dayOf, monthOf } from "@/domain/month";
import { store } from "@/server/store/store";
import { makeLicense, minutes, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { licensesWithHealth } from "./license-summaries";

useStore();

const allotment = "analyzer_time";
const MIDNIGHT = new Date(dayOf(NOW));

test("paces are read once a day, and again after bookings of the month before, of a log or around midnight", async () => {
  const { number: license } = await makeLicense({ allotments: [minutes(allotment, 100)] });
  const { db } = store();
  let source = 0;
  const book = async () => {
    source += 1;
    const day = new Date(addDays(dayOf(NOW), -14));
    const row = { license, allotment, month: monthOf(NOW), day, source: `site-${source}`, consumed: 14 };
    await db.usageDay.create({ data: row });
  };
  const expected = async (now: Date) => {
    const [found] = await licensesWithHealth(null, now);
    const pool = found?.glance.pools[0];
    return pool?.class === "time" ? pool.expected : undefined;
  };
  expect(await expected(NOW)).toBeNull();
  await book();
  expect(await expected(NOW)).toBeNull();

  await db.usageMonth.create({ data: { license, allotment, month: addMonths(monthOf(NOW), -1), total: 1 } });
  expect(await expected(NOW)).toBe(7);
  await book();
  expect(await expected(NOW)).toBe(7);

  const call = { firstSeen: NOW, lastSeen: NOW, lastUpload: MIDNIGHT };
  await db.deployment.create({ data: { license, source: "far", jti: crypto.randomUUID(), ...call } });
  expect(await expected(NOW)).toBe(14);

  const early = new Date(MIDNIGHT.getTime() + 60_000);
  await book();
  expect(await expected(early)).toBe(21);
  await book();
  expect(await expected(new Date(early.getTime() + 1))).toBe(28);
});
