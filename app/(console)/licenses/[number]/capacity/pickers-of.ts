import type { ComponentProps } from "react";
import { addMonths, type Month, monthOf } from "@/domain/month";
import type { License } from "@/server/licenses/license";
import type { Wanted } from "./capacity-of";
import type { Pickers } from "./pickers";
import { type CapacityParams, capacitySearch } from "./search-params";

const MOST_MONTHS = 60;

/** The months to choose from: those since the license was created, and the one in the URL. */
export function pickersOf(
  { number, created }: License,
  { meters, meter, month }: Wanted,
  asked: CapacityParams,
  now: Date,
  action = `/licenses/${number}/capacity`,
): ComponentProps<typeof Pickers> {
  const running = monthOf(now);
  const wayTo = (to: Month) => ({
    month: to,
    href: capacitySearch(action, { ...asked, month: to, day: null }),
  });
  return {
    action,
    allotments: meters.map(({ name }) => name),
    allotment: meter.name,
    months: monthsBetween(month < monthOf(created) ? month : monthOf(created), running),
    month,
    earlier: wayTo(addMonths(month, -1)),
    later: month < running ? wayTo(addMonths(month, 1)) : null,
  };
}

/** The months from first to last, latest first. */
export function monthsBetween(first: Month, last: Month): Month[] {
  const months = Array.from({ length: MOST_MONTHS }, (_, i) => addMonths(last, -i));
  const since = months.filter((month) => month >= first);
  return since.includes(first) ? since : [...since, first];
}
