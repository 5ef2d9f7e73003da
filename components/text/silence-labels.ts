import { type DateStyle, shortDayText } from "@/domain/dates/date-style";
import type { LicenseHealth } from "@/domain/licenses/license-summary";
import { DAY } from "@/domain/month";
import { count, counted } from "./numbers";

/** A text such as `Silent 3 days` or `2 deployments silent`. */
export function silentText(
  { sites, since }: Pick<NonNullable<LicenseHealth["silent"]>, "sites" | "since">,
  now: Date,
): string {
  if (sites > 1) return `${count(sites)} deployments silent`;
  return `Silent ${counted(Math.floor((now.getTime() - since.getTime()) / DAY), "day")}`;
}

/** A text such as `lease ends 27 Nov` or `lease ended 20 Nov`. */
export function leaseText(end: Date, now: Date, dates: DateStyle): string {
  return `lease ${end < now ? "ended" : "ends"} ${shortDayText(end, dates)}`;
}
