import { byUrgency, type Need, needsOf } from "@/domain/licenses/attention";
import { countConditions, type LicenseCondition } from "@/domain/licenses/license-condition";
import { type LicenseFigures, licenseFigures } from "@/domain/licenses/license-figures";
import { endsByMonth, type MonthEnds, worstFirst } from "@/domain/licenses/license-summary";
import type { Principal } from "@/server/access/gate";
import { mustBeCurrent, readRecent } from "@/server/store/read-scope";
import { type LicenseCourse, licenseCourses } from "./license-courses";
import { type HealthyLicense, licensesWithHealth } from "./license-summaries";
import { sharedReading } from "./shared-readings";

/** The licenses that a principal can see, at one moment. */
export type Overview = {
  at: Date;
  licenses: number;
  /** The number of the license, if there is exactly one. */
  only: string | null;
  /** How many licenses are in each condition; together they are all licenses. */
  conditions: Record<LicenseCondition, number>;
  figures: LicenseFigures;
  /** Most urgent first. */
  needs: { row: HealthyLicense; need: Need }[];
  /** How many active licenses have their last day in each of the next months, starting with all of this one. */
  ends: MonthEnds[];
  /** The worst licenses, worst first. */
  worst: HealthyLicense[];
};

const MONTHS = 12;
const WORST = 12;

/**
 * The overview for a principal, some seconds old at most: all with the same scope share it, however many tabs are open.
 * Beside a replica, who has just changed something doesn't: the change may be another server's.
 */
export function sharedOverview(principal: Principal, now: Date): Promise<Overview & { asOf: Date | null }> {
  const { customers, license } = principal;
  const scope = JSON.stringify([customers?.toSorted() ?? null, license]);
  const read = async () => {
    const { value, asOf } = await readRecent(() => overview(principal, now), hasNoLicense);
    return { ...value, asOf };
  };
  return mustBeCurrent() ? read() : sharedReading(`overview ${scope}`, read);
}

const hasNoLicense = ({ licenses }: Overview) => licenses === 0;

export async function overview({ customers, license }: Principal, now: Date): Promise<Overview> {
  const visible = await licensesWithHealth(customers, now);
  const rows = license ? visible.filter(({ number }) => number === license) : visible;
  const needs = byUrgency(rows.flatMap((row) => needsOf(row.glance, now).map((need) => ({ row, need }))));
  const needy = needs.map(({ row }) => row);
  return {
    at: now,
    licenses: rows.length,
    only: rows.length === 1 ? (rows[0]?.number ?? null) : null,
    conditions: countConditions(
      rows.map(({ glance }) => glance),
      now,
    ),
    figures: licenseFigures(rows, now),
    needs,
    ends: endsByMonth(rows, now, MONTHS),
    worst: worstFirst(rows, needy).slice(0, WORST),
  };
}

export type WorstLicense = { row: HealthyLicense; course: LicenseCourse };

/** The worst licenses of an overview with their courses. */
export async function worstCourses({ worst, at }: Pick<Overview, "worst" | "at">): Promise<WorstLicense[]> {
  const courses = await licenseCourses(worst, at);
  return worst.map((row) => ({ row, course: courses(row) }));
}
