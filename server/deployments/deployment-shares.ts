import type { Month } from "@/domain/month";
import { store } from "@/server/store/store";

/** The minutes that a deployment used of a time allotment in a month, and the total of all. */
export type AllotmentShare = { allotment: string; consumed: number; total: number };

/** The minutes that deployments of a license used in a month, by source; those without usage are left out. */
export async function deploymentShares(
  license: string,
  month: Month,
  sources: string[],
): Promise<Map<string, AllotmentShare[]>> {
  const { db } = store();
  const [rows, totals, names] = await Promise.all([
    db.usage.findMany({ where: { license, month, source: { in: sources } }, orderBy: { allotment: "asc" } }),
    db.usageMonth.findMany({ where: { license, month } }),
    db.allotment.findMany({ where: { licenseNumber: license }, select: { key: true, name: true } }),
  ]);
  const totalOf = new Map(totals.map(({ allotment, total }) => [allotment, Number(total)]));
  const nameOf = new Map(names.map(({ key, name }) => [key, name]));
  const shares = new Map<string, AllotmentShare[]>();
  for (const { source, allotment, consumed } of rows) {
    const total = totalOf.get(allotment) ?? 0;
    const share = { allotment: nameOf.get(allotment) ?? allotment, consumed: Number(consumed), total };
    shares.set(source, [...(shares.get(source) ?? []), share]);
  }
  return shares;
}
