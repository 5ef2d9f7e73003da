import { type Pace, paceDays, paceOf } from "@/domain/consumption/forecast";
import {
  type AllotmentCounts,
  type LicenseAllotment,
  licenseAllotments,
} from "@/domain/licenses/license-allotments";
import { dayOf, type Month, monthOf } from "@/domain/month";
import { type Reads, store } from "@/server/store/store";
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
  const [licenses, named, totals, paces, promised] = await Promise.all([
    store().db.license.findMany({
      where: { number: { in: numbers } },
      select: { number: true, definitionId: true, graceDays: true },
    }),
    namedAllotments(numbers),
    monthTotals(numbers, monthOf(now)),
    pacesOf(numbers, dayOf(now)),
    promisedUnits(numbers, now),
  ]);
  const histories = await erasOfMany(licenses);
  const allotments = licenses.map(({ number, graceDays }) => {
    const counts = (named.get(number) ?? []).map((allotment) => ({
      ...allotment,
      total: totals.get(`${number} ${allotment.key}`) ?? 0,
      reserved: promised.reserved(number, allotment.key),
      pace: paces.get(number)?.get(allotment.key) ?? null,
    }));
    return [
      number,
      licenseAllotments(counts, { eras: histories.get(number) ?? [], graceDays }, now),
    ] as const;
  });
  return new Map(allotments);
}

type Named = Pick<AllotmentCounts, "key" | "name" | "live">;

/** Every allotment that a license ever had, with its live seats. */
async function namedAllotments(numbers: string[]): Promise<Map<string, Named[]>> {
  const rows = await store().db.allotment.findMany({
    where: { licenseNumber: { in: numbers } },
    orderBy: { key: "asc" },
  });
  const named = new Map<string, Named[]>(numbers.map((number) => [number, []]));
  for (const { licenseNumber, key, name, live } of rows) named.get(licenseNumber)?.push({ key, name, live });
  return named;
}

async function monthTotals(numbers: string[], month: Month): Promise<Map<string, number>> {
  const rows = await store().db.usageMonth.findMany({ where: { license: { in: numbers }, month } });
  return new Map(rows.map(({ license, allotment, total }) => [`${license} ${allotment}`, Number(total)]));
}

/** The paces of a license's allotments on a day, by key; null where it is too early to tell. */
export type Paces = ReadonlyMap<string, Pace | null>;
type PaceRow = { license: string; allotment: string; first: Date; consumed: bigint };

/** The paces of licenses on a day, by number. */
export async function pacesOf(
  numbers: string[],
  today: string,
  { db }: Pick<Reads, "db"> = store(),
): Promise<Map<string, Paces>> {
  const { from, recent } = paceDays(today);
  const months = [monthOf(new Date(from)), monthOf(new Date(today))];
  const rows = await db.$queryRaw<PaceRow[]>`
    SELECT license, allotment, min(day) AS first,
      coalesce(sum(consumed) FILTER (WHERE day >= ${recent}::date), 0)::bigint AS consumed
    FROM usage_day
    WHERE license = ANY (${numbers}) AND month = ANY (${months}) AND day >= ${from}::date AND day < ${today}::date
    GROUP BY license, allotment`;
  const paces = new Map<string, Map<string, Pace | null>>(numbers.map((number) => [number, new Map()]));
  for (const { license, allotment, first, consumed } of rows)
    paces.get(license)?.set(allotment, paceOf(dayOf(first), Number(consumed), today));
  return paces;
}
