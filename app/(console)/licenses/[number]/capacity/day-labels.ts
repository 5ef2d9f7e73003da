import { count, counted } from "@/components/text/numbers";
import type { BurnUpDay } from "@/domain/consumption/burn-up";
import { capOf } from "@/domain/consumption/quota";
import { type DateStyle, longDateText } from "@/domain/dates/date-style";
import type { CapacityMonth } from "@/server/consumption/capacity";
import type { MonthSheet } from "./month-sheet";

/** A day as `23 August`. */
export function dayOfMonth(month: string, day: number, dates: DateStyle): string {
  return longDateText(`${month}-${String(day).padStart(2, "0")}`, dates);
}

/** How many of a day's forecast minutes would be denied; 0 without a cap. */
export function deniedOn({ expected }: BurnUpDay, { quota, overage }: CapacityMonth): number {
  const cap = capOf({ quota, overage });
  return cap === null || !expected ? 0 : Math.max(0, expected.mid - cap);
}

/** A day in one sentence, for screen readers that move through the chart. */
export function daySentence(
  day: BurnUpDay,
  month: CapacityMonth,
  { layers, isWhole }: MonthSheet,
  dates: DateStyle,
): string {
  const name = dayOfMonth(month.month, day.day, dates);
  if (day.soFar === null) return `${name}: ${expectedWords(day, month)}`;
  const over = day.soFar - month.quota;
  const state = over > 0 && isWhole ? `, ${count(over)} over quota` : "";
  const parts = layers.map((layer, i) => `${layer.name} ${count(day.layers[i] ?? 0)}`);
  return `${name}: ${counted(day.soFar, "minute")} used so far${state}. ${parts.join(", ")}`;
}

function expectedWords(day: BurnUpDay, month: CapacityMonth): string {
  if (!day.expected) return "not yet";
  const { low, mid, high } = day.expected;
  const refused = deniedOn(day, month);
  const tail = refused > 0 ? `, ${count(refused)} would be refused` : "";
  return `${counted(mid, "minute")} expected, ${count(low)} to ${count(high)}${tail}`;
}
