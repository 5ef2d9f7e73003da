import { type DateStyle, longDateText } from "@/domain/dates/date-style";
import type { ValidityStatus } from "@/domain/licenses/lease";
import { addMonths, type Month, monthEnd, monthStart } from "@/domain/month";
import type { Forecast } from "./forecast";
import { capOf, denied, type Grant } from "./quota";

export type MonthInSight = {
  month: Month;
  grant: Grant;
  total: number;
  forecast: Forecast | null;
  /** Whether the month is the running one. */
  isRunning: boolean;
  /** The status of the license now. */
  license: ValidityStatus;
};

const number = new Intl.NumberFormat("en");
const monthFormat = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

/** Sentences for people: what happens, or happened, at the limits of a month, under the grant. */
export function monthOutlook(sight: MonthInSight, dates: DateStyle): string {
  return sight.isRunning ? runningOutlook(sight, dates) : closedOutlook(sight);
}

function runningOutlook(sight: MonthInSight, dates: DateStyle): string {
  const { month, grant, total, license } = sight;
  const reset = `Resets on ${longDateText(monthStart(addMonths(month, 1)), dates)}, 00:00 UTC.`;
  if (license === "expired")
    return "This license has ended, so products deny access. Usage is still counted.";
  if (license === "not-yet-valid")
    return "This license isn't valid yet, so products deny access. Usage is still counted.";
  if (grant.quota === 0)
    return `No units are in force this month, so products deny access. Usage is still counted. ${reset}`;
  if (denied(grant, total))
    return `The ${limitName(grant)} is reached: products deny access now. Usage is still counted. ${reset}`;
  return `${statusNow(grant, total)}${ahead(sight, dates)} ${reset}`;
}

function statusNow(grant: Grant, total: number): string {
  return total > grant.quota ? `${minutes(total - grant.quota)} beyond the quota. ` : "";
}

function ahead({ grant, total, forecast }: MonthInSight, dates: DateStyle): string {
  const cap = capOf(grant);
  if (cap === null) return openEnd(grant, total, forecast, dates);
  if (!forecast)
    return `Too early to forecast. At the ${limitName(grant)} of ${minutes(cap)}, products deny access.`;
  if (forecast.capOn)
    return `At this pace the ${limitName(grant)} is reached on ${longDateText(forecast.capOn, dates)}. Then products deny access; usage is still counted.`;
  const rest = `At the ${limitName(grant)} of ${minutes(cap)}, products would deny access.`;
  if (forecast.quotaOn && total <= grant.quota)
    return `At this pace the quota is passed on ${longDateText(forecast.quotaOn, dates)} and the month ends at ${minutes(forecast.mid)}. ${rest}`;
  return `At this pace the month ends at ${minutes(forecast.mid)}, below the ${limitName(grant)}. ${rest}`;
}

function openEnd({ quota }: Grant, total: number, forecast: Forecast | null, dates: DateStyle): string {
  const rest = "There is no cap: usage beyond the quota counts as overage, and products keep working.";
  if (!forecast) return `Too early to forecast. ${rest}`;
  if (forecast.quotaOn && total <= quota)
    return `At this pace the quota is passed on ${longDateText(forecast.quotaOn, dates)}. ${rest}`;
  return `At this pace the month ends at ${minutes(forecast.mid)}. ${rest}`;
}

function closedOutlook({ month, grant, total }: MonthInSight): string {
  const name = monthFormat.format(monthStart(month));
  const cap = capOf(grant);
  const over = total - grant.quota;
  if (grant.quota === 0 && total === 0) return `No units were in force in ${name}, and nothing was used.`;
  if (cap !== null && total > cap)
    return `${name} ended ${minutes(total - cap)} beyond the ${limitName(grant)}. Products deny access beyond it; any further usage is still counted.`;
  if (cap !== null && total === cap)
    return `${name} ended exactly at the ${limitName(grant)} of ${minutes(cap)}, where products start to deny access.`;
  if (over > 0)
    return `${name} ended ${minutes(over)} beyond the quota, ${cap === null ? "which has no cap" : "within the overage allowed"}.`;
  return `${name} ended within the quota, with ${minutes(grant.quota - total)} to spare.`;
}

function limitName({ overage }: Grant): string {
  return overage === 0 ? "quota" : "cap";
}

function minutes(count: number): string {
  return `${number.format(count)} minute${count === 1 ? "" : "s"}`;
}

/** The last day of a month, such as `31 August`. */
export function lastDayOf(month: Month, dates: DateStyle): string {
  return longDateText(new Date(monthEnd(month).getTime() - 1), dates);
}
