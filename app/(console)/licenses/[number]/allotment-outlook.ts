import { count, counted } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import type { Forecast } from "@/domain/consumption/forecast";
import { capOf } from "@/domain/consumption/quota";
import { type DateStyle, dateText, shortDateText } from "@/domain/dates/date-style";
import type { LicenseAllotment, TimeAllotment } from "@/domain/licenses/license-allotments";
import type { AllotmentCourse } from "@/server/overview/allotment-courses";

type Course<Class> = Extract<AllotmentCourse, { class: Class }> | undefined;

/** The most that can be used: `1,800`, or `no cap`. */
export function capLabel(pool: LicenseAllotment): string {
  const cap = pool.class === "assigned" ? pool.units : capOf(pool);
  return cap === null ? "no cap" : count(cap);
}

/** What is left before access is denied: `161`, `4 over`, `no cap`, or `12, 5 reserved`. */
export function leftLabel(pool: LicenseAllotment): string {
  const reserved = pool.reserved > 0 ? `, ${count(pool.reserved)} reserved` : "";
  return `${leftWords(pool)}${reserved}`;
}

function leftWords(pool: LicenseAllotment): string {
  if (pool.class === "assigned") {
    const left = pool.units - pool.live - pool.reserved;
    return pool.live > pool.units ? `${count(pool.live - pool.units)} over` : count(Math.max(0, left));
  }
  const cap = capOf(pool);
  if (cap !== null && pool.total > cap) return `${count(pool.total - cap)} over`;
  return pool.remaining === null ? "no cap" : count(pool.remaining);
}

/** The most used at once: minutes of a month in 12 months, or seats at any moment of 30 days. */
export function peakLabel(pool: LicenseAllotment, course: AllotmentCourse | undefined): string {
  if (pool.class === "assigned") return `peak ${count(seats(course)?.most ?? pool.live)}`;
  const most = minutes(course)?.most;
  return most && most.total > 0 ? `${count(most.total)} in ${monthText(most.month).slice(0, 3)}` : "";
}

/** The next change in a few words: `2,247, cap on 25 Aug`, or `900 from 1 Nov 2026`. */
export function outlookLabel(
  pool: LicenseAllotment,
  course: AllotmentCourse | undefined,
  dates: DateStyle,
): string {
  if (pool.class === "assigned") {
    const ahead = seats(course)?.ahead;
    return ahead ? `${count(ahead.units)} from ${dateText(ahead.from, dates)}` : "no change";
  }
  if (pool.hasEnded || pool.denied) return "access denied";
  if (pool.total === 0) return "no usage yet";
  const forecast = minutes(course)?.forecast;
  if (!forecast) return "too early";
  return [count(forecast.mid), limitAhead(pool, forecast, dates)].filter(Boolean).join(", ");
}

function limitAhead(pool: TimeAllotment, { quotaOn, capOn }: Forecast, dates: DateStyle): string {
  const { total, quota, overage } = pool;
  if (capOn) return `${overage === 0 ? "quota" : "cap"} on ${shortDateText(capOn, dates)}`;
  return quotaOn && total <= quota ? `quota on ${shortDateText(quotaOn, dates)}` : "";
}

/** The next change in a sentence. */
export function outlookSentence(
  pool: LicenseAllotment,
  course: AllotmentCourse | undefined,
  dates: DateStyle,
): string {
  if (pool.class === "time") return monthAhead(pool, minutes(course));
  const ahead = seats(course)?.ahead;
  if (ahead) return `${counted(ahead.units, "seat")} from ${dateText(ahead.from, dates)} on.`;
  return pool.live === 0 ? "No users are assigned yet." : "No upcoming changes.";
}

function monthAhead({ total, denied, hasEnded }: TimeAllotment, course: Course<"time">): string {
  if (hasEnded) return "The license has ended: products deny access.";
  if (total === 0) return "No usage this month yet. Usage appears here within minutes of the first report.";
  if (denied) return "Products deny access until the month ends.";
  const forecast = course?.forecast;
  if (!forecast) return "Too early to forecast.";
  return `About ${count(forecast.mid)} minutes by the end of the month at this pace.`;
}

function seats(course: AllotmentCourse | undefined): Course<"assigned"> {
  return course?.class === "assigned" ? course : undefined;
}

function minutes(course: AllotmentCourse | undefined): Course<"time"> {
  return course?.class === "time" ? course : undefined;
}
