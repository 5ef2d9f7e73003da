import { addMonths, dayOf, type Month, monthEnd, monthStart } from "@/domain/month";
import { store } from "@/server/store/store";
import type { Meter } from "./usage";

export type LateReports = {
  /** Minutes that arrived in this month for earlier months, newest first. */
  arrived: { month: Month; reports: number; minutes: number }[];
  /** Minutes that arrived for this month after its end; `until` is the day of the last of them. */
  after: { reports: number; minutes: number; until: string } | null;
};

/** The reports that arrived after the end of their month. They count in their month. */
export async function lateReports(license: string, { key }: Meter, month: Month): Promise<LateReports> {
  const of = { license, allotment: key };
  const sums = { reports: true, consumed: true } as const;
  const [arrived, after] = await Promise.all([
    store().db.usageLate.groupBy({
      by: ["month"],
      where: { ...of, arrived: { gte: monthStart(month), lt: monthEnd(month) } },
      _sum: sums,
      orderBy: { month: "desc" },
    }),
    store().db.usageLate.aggregate({
      where: { ...of, month, arrived: { gte: monthStart(addMonths(month, 1)) } },
      _sum: sums,
      _max: { arrived: true },
    }),
  ]);
  return {
    arrived: arrived.map((row) => ({ month: row.month, ...sumsOf(row) })),
    after: after._max.arrived ? { ...sumsOf(after), until: dayOf(after._max.arrived) } : null,
  };
}

function sumsOf({ _sum }: { _sum: { reports: number | null; consumed: bigint | null } }) {
  return { reports: _sum.reports ?? 0, minutes: Number(_sum.consumed ?? 0) };
}
