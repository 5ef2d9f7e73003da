import { count, counted } from "@/components/text/numbers";
import { dayText, shortDay } from "@/components/text/when";
import type { Forecast } from "@/domain/consumption/forecast";
import type { LicenseAllotment, TimeAllotment } from "@/domain/licenses/license-allotments";
import type { AllotmentCourse } from "@/server/overview/allotment-courses";

/** The next change of an allotment: other units in force, or the forecast for the end of the month. */
export function outlookLabel(pool: LicenseAllotment, course: AllotmentCourse | undefined): string {
  if (pool.class === "time") return monthAhead(pool, course?.class === "time" ? course : undefined);
  const ahead = course?.class === "assigned" ? course.ahead : null;
  if (ahead) return `${counted(ahead.units, "seat")} from ${dayText(ahead.from)} on.`;
  return pool.live === 0 ? "No users are assigned yet." : "No upcoming changes.";
}

function monthAhead(
  allotment: TimeAllotment,
  course: Extract<AllotmentCourse, { class: "time" }> | undefined,
): string {
  const { total, denied, hasEnded } = allotment;
  if (hasEnded) return "The license has ended: products deny access.";
  if (total === 0) return "No usage this month yet. Usage appears here within minutes of the first report.";
  if (denied) return "Products deny access until the month ends.";
  const forecast = course?.forecast;
  if (!forecast) return "Too early to forecast.";
  const limits = limitLabel(allotment, forecast);
  if (limits.length > 0) return `At this pace ${limits.join(" and ")}.`;
  return `About ${count(forecast.mid)} minutes by the end of the month at this pace.`;
}

function limitLabel({ total, quota, overage }: TimeAllotment, { quotaOn, capOn }: Forecast): string[] {
  const at = (day: string) => shortDay(new Date(day));
  const words: string[] = [];
  if (quotaOn && total <= quota && overage !== 0) words.push(`the quota is passed on ${at(quotaOn)}`);
  if (capOn) words.push(`the ${overage === 0 ? "quota" : "cap"} is reached on ${at(capOn)}`);
  return words;
}
