import { count, counted } from "@/components/numbers";
import { dayInWords } from "@/components/when";
import type { LicensePool, TimePool } from "@/domain/license-pools";
import type { PoolCourse } from "@/server/pool-courses";

/** What comes next of a pool: other units in force, or where the month ends at this pace. */
export function aheadWords(pool: LicensePool, course: PoolCourse | undefined): string {
  if (pool.class === "time") return monthAhead(pool, course?.class === "time" ? course : undefined);
  const ahead = course?.class === "assigned" ? course.ahead : null;
  if (ahead) return `${counted(ahead.units, "seat")} from ${dayInWords(ahead.from)} on.`;
  return pool.live === 0 ? "Nobody is assigned yet." : "The units stay as they are.";
}

function monthAhead(
  { total, quota, denied }: TimePool,
  course: Extract<PoolCourse, { class: "time" }> | undefined,
): string {
  if (total === 0)
    return "Nothing used yet this month. A product shows up here within minutes of its first report.";
  if (denied) return "Products deny access until the month ends.";
  const forecast = course?.forecast;
  if (!forecast) return "Too early to forecast.";
  const at = (day: string) => dayInWords(new Date(day));
  if (forecast.capOn) return `Cap on ${at(forecast.capOn)} at this pace.`;
  if (forecast.quotaOn && total <= quota) return `Quota on ${at(forecast.quotaOn)} at this pace.`;
  return `About ${count(forecast.mid)} minutes by the end of the month at this pace.`;
}
