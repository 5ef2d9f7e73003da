import { type Allotment, nameKey } from "@/domain/definition";
import { type LicensePool, seatPool, timePool } from "@/domain/license-pools";
import { type Month, monthOf } from "@/domain/month";
import { erasOfMany } from "./definitions";
import { store } from "./store";

/** The pools of licenses as they stand now, by number, from the stored counters; four queries at most for any number of them. */
export async function poolsByLicense(numbers: string[], now: Date): Promise<Map<string, LicensePool[]>> {
  const month = monthOf(now);
  const [licenses, live, totals] = await Promise.all([
    store().db.license.findMany({
      where: { number: { in: numbers } },
      select: { number: true, definitionId: true },
    }),
    liveCounts(numbers),
    monthTotals(numbers, month),
  ]);
  const histories = await erasOfMany(licenses);
  const pools = licenses.map(({ number }) => {
    const eras = histories.get(number) ?? [];
    const allotments = eras.at(-1)?.definition.allotments ?? [];
    const poolOf = (allotment: Allotment): LicensePool => {
      const key = `${number} ${nameKey(allotment.name)}`;
      if (allotment.usage.class === "assigned") return seatPool(allotment, live.get(key) ?? 0, now);
      return timePool(allotment, totals.get(key) ?? 0, eras, month);
    };
    return [number, allotments.map(poolOf)] as const;
  });
  return new Map(pools);
}

async function liveCounts(numbers: string[]): Promise<Map<string, number>> {
  const rows = await store().db.allotment.findMany({ where: { licenseNumber: { in: numbers } } });
  return new Map(rows.map(({ licenseNumber, key, live }) => [`${licenseNumber} ${key}`, live]));
}

async function monthTotals(numbers: string[], month: Month): Promise<Map<string, number>> {
  const rows = await store().db.usageMonth.findMany({ where: { license: { in: numbers }, month } });
  return new Map(rows.map(({ license, allotment, total }) => [`${license} ${allotment}`, Number(total)]));
}
