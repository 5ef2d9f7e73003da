import { type Pace, paceDays, paceOf } from "@/domain/consumption/forecast";
import { type Allotment, nameKey } from "@/domain/licenses/definition";
import {
  droppedAllotment,
  type LicenseAllotment,
  seatAllotment,
  timeAllotment,
} from "@/domain/licenses/license-allotments";
import { dayOf, type Month, monthOf } from "@/domain/month";
import { store } from "@/server/store/store";
import { erasOfMany } from "./definitions";
import { promisedUnits } from "./promised-units";

/**
 * The allotments of licenses with their current usage, by number, from the stored counters; a few queries for any
 * number of them.
 */
export async function allotmentsByLicense(
  numbers: string[],
  now: Date,
): Promise<Map<string, LicenseAllotment[]>> {
  const [licenses, live, totals, paces, promised] = await Promise.all([
    store().db.license.findMany({
      where: { number: { in: numbers } },
      select: { number: true, definitionId: true, graceDays: true },
    }),
    liveCounts(numbers),
    monthTotals(numbers, monthOf(now)),
    pacesOf(numbers, dayOf(now)),
    promisedUnits(numbers, now),
  ]);
  const histories = await erasOfMany(licenses);
  const allotments = licenses.map(({ number, graceDays }) => {
    const eras = histories.get(number) ?? [];
    const allotments = eras.at(-1)?.definition.allotments ?? [];
    const held = live.get(number) ?? [];
    const allotmentOf = (allotment: Allotment): LicenseAllotment => {
      const key = `${number} ${nameKey(allotment.name)}`;
      const reserved = promised.reserved(number, nameKey(allotment.name));
      if (allotment.usage.class === "assigned")
        return seatAllotment(allotment, liveOf(held, allotment), now, reserved);
      return timeAllotment(
        allotment,
        { total: totals.get(key) ?? 0, pace: paces.get(key) ?? null, reserved },
        { eras, graceDays },
        now,
      );
    };
    const known = new Set(allotments.map(({ name }) => nameKey(name)));
    const dropped = held
      .filter(({ key }) => !known.has(key))
      .map((one) => droppedAllotment(one.name, one.live));
    const all: LicenseAllotment[] = [...allotments.map(allotmentOf), ...dropped];
    return [number, all] as const;
  });
  return new Map(allotments);
}

type Held = { key: string; name: string; live: number };

/** The allotments with live seats, by license. */
async function liveCounts(numbers: string[]): Promise<Map<string, Held[]>> {
  const rows = await store().db.allotment.findMany({
    where: { licenseNumber: { in: numbers }, live: { gt: 0 } },
    orderBy: { key: "asc" },
  });
  const held = new Map<string, Held[]>();
  for (const { licenseNumber, key, name, live } of rows)
    held.set(licenseNumber, [...(held.get(licenseNumber) ?? []), { key, name, live }]);
  return held;
}

function liveOf(held: readonly Held[], { name }: Allotment): number {
  return held.find(({ key }) => key === nameKey(name))?.live ?? 0;
}

async function monthTotals(numbers: string[], month: Month): Promise<Map<string, number>> {
  const rows = await store().db.usageMonth.findMany({ where: { license: { in: numbers }, month } });
  return new Map(rows.map(({ license, allotment, total }) => [`${license} ${allotment}`, Number(total)]));
}

type PaceRow = { license: string; allotment: string; first: Date; consumed: bigint };

async function pacesOf(numbers: string[], today: string): Promise<Map<string, Pace | null>> {
  const { from, recent } = paceDays(today);
  const months = [monthOf(new Date(from)), monthOf(new Date(today))];
  const rows = await store().db.$queryRaw<PaceRow[]>`
    SELECT license, allotment, min(day) AS first,
      coalesce(sum(consumed) FILTER (WHERE day >= ${recent}::date), 0)::bigint AS consumed
    FROM usage_day
    WHERE license = ANY (${numbers}) AND month = ANY (${months}) AND day >= ${from}::date AND day < ${today}::date
    GROUP BY license, allotment`;
  return new Map(
    rows.map(({ license, allotment, first, consumed }) => [
      `${license} ${allotment}`,
      paceOf(dayOf(first), Number(consumed), today),
    ]),
  );
}
