import { count } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { addMonths } from "@/domain/month";
import type { CapacityMonth } from "@/server/consumption/capacity";
import type { MonthSheet } from "./month-sheet";

/** A column in both the table and the export of a month. */
export type MonthColumn = { name: string; values: (number | null)[]; sum: number | null };

export function monthColumns({ month, overage }: CapacityMonth, sheet: MonthSheet): MonthColumn[] {
  const { days, layers, isWhole } = sheet;
  const earlier = monthText(addMonths(month, -1));
  const lastUsed = days.findLast(({ soFar }) => soFar !== null);
  const column = (name: string, values: (number | null)[], sum: number | null = null) => ({
    name,
    values,
    sum,
  });
  const usedThatDay = days.map((day) => day.usedThatDay);
  const columns = [
    column("Used that day", usedThatDay, lastUsed?.soFar ?? 0),
    column(
      "So far",
      days.map(({ soFar }) => soFar),
    ),
  ];
  const ofLayers = layers.map(({ name, days: used, total }) =>
    column(
      name,
      days.map(({ soFar }, i) => (soFar === null ? null : (used[i] ?? 0))),
      total,
    ),
  );
  if (!isWhole) return [...columns, ...ofLayers];
  return [
    ...columns,
    column(
      overage === "YES" ? "Quota left" : "Left before cap",
      days.map(({ left }) => left),
    ),
    ...ofLayers,
    column(
      `${earlier}, so far`,
      days.map(({ monthBefore }) => monthBefore),
    ),
    ...expectedColumns(days),
  ];
}

function expectedColumns(days: MonthSheet["days"]): MonthColumn[] {
  if (days.every(({ expected }) => expected === null)) return [];
  const names = { low: "Expected, low", mid: "Expected", high: "Expected, high" } as const;
  return (["low", "mid", "high"] as const).map((end) => ({
    name: names[end],
    values: days.map(({ expected }) => expected?.[end] ?? null),
    sum: null,
  }));
}

export function cellText(value: number | null): string {
  return value === null ? "–" : count(value);
}
