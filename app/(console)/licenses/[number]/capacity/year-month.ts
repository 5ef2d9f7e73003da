import { count, counted } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { capOf } from "@/domain/consumption/quota";
import type { Overage } from "@/domain/licenses/definition";
import type { Month } from "@/domain/month";

/** One of the twelve months of an allotment. */
export type YearMonth = {
  month: Month;
  total: number;
  quota: number;
  overage: Overage;
  expected: number | null;
};

/** A month's usage in parts: within the quota, in overage, and beyond the cap. */
export function usageSegments({ total, quota, overage }: YearMonth) {
  const cap = capOf({ quota, overage }) ?? Number.POSITIVE_INFINITY;
  const within = Math.min(total, quota);
  const over = Math.min(total, cap) - within;
  return { within, over, beyond: total - within - over };
}

/** The cap of a month as a line of its own; null without a cap, and where it is the quota. */
export function capLineOf({ quota, overage }: Pick<YearMonth, "quota" | "overage">): number | null {
  const cap = capOf({ quota, overage });
  return cap === quota ? null : cap;
}

/** A month as `March 2026: 1,321 of 1,200 minutes, 121 over`. */
export function monthSentence(year: YearMonth): string {
  const { month, total, quota } = year;
  const over = total > quota ? `, ${count(total - quota)} over` : "";
  return `${monthText(month)}: ${count(total)} of ${counted(quota, "minute")}${over}`;
}
