import { byUrgency, type Need, needsOf } from "@/domain/licenses/attention";
import { countConditions, type LicenseCondition } from "@/domain/licenses/license-condition";
import { type LicenseFigures, licenseFigures } from "@/domain/licenses/license-figures";
import { endsByMonth, type MonthEnds, worstFirst } from "@/domain/licenses/license-summary";
import type { Principal } from "@/server/access/gate";
import { type BoardRow, wholeBoard } from "./license-board";
import { type LicenseCourse, licenseCourses } from "./license-courses";

export type Overview = {
  licenses: number;
  /** The number of the license, if there is exactly one. */
  only: string | null;
  /** How many licenses are in each condition; together they are all licenses. */
  conditions: Record<LicenseCondition, number>;
  figures: LicenseFigures;
  /** Most urgent first. */
  needs: { row: BoardRow; need: Need }[];
  /** How many active licenses have their last day in each of the next months, starting with all of this one. */
  ends: MonthEnds[];
  /** The worst licenses, worst first. */
  worst: { row: BoardRow; course: LicenseCourse }[];
};

const MONTHS = 12;
const WORST = 12;

/** The overview for a principal. */
export async function overview(principal: Principal, now: Date): Promise<Overview> {
  const { rows, needs } = await needsAmongAll(principal, now);
  const worst = worstFirst(
    rows,
    needs.map(({ row }) => row),
  ).slice(0, WORST);
  const courses = await licenseCourses(worst, now);
  return {
    licenses: rows.length,
    only: rows.length === 1 ? (rows[0]?.number ?? null) : null,
    conditions: countConditions(
      rows.map(({ glance }) => glance),
      now,
    ),
    figures: licenseFigures(rows, now),
    needs,
    ends: endsByMonth(rows, now, MONTHS),
    worst: worst.map((row) => ({ row, course: courses(row) })),
  };
}

/** All licenses that a principal can see, and their needs, most urgent first. */
export async function needsAmongAll(
  principal: Principal,
  now: Date,
): Promise<{ rows: BoardRow[]; needs: Overview["needs"] }> {
  const rows = await wholeBoard(principal, {}, now);
  const needs = rows.flatMap((row) => needsOf(row.glance, now).map((need) => ({ row, need })));
  return { rows, needs: byUrgency(needs) };
}
