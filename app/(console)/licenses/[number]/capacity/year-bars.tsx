"use client";

import "@mantine/charts/styles.layer.css";
import { CompositeChart } from "@mantine/charts";
import { memo } from "react";
import { count } from "@/components/text/numbers";
import styles from "./burn-up-chart.module.css";
import { CAP_DASH, CHART_LOOK } from "./chart-look";
import { OVERAGE_FILL } from "./looks";
import { capLineOf, usageSegments, type YearMonth } from "./year-month";

type Props = { months: YearMonth[]; top: number; ticks: number[]; axisWidth: number };

const BARS = {
  within: { fill: "var(--s-series-1)", fillOpacity: 1, strokeOpacity: 0 },
  over: {
    fill: OVERAGE_FILL,
    fillOpacity: 1,
    stroke: "var(--s-overage-mark)",
    strokeWidth: 1.5,
    strokeOpacity: 1,
  },
  beyond: { fill: "var(--s-exceeded-mark)", fillOpacity: 1, strokeOpacity: 0 },
  expected: {
    fill: "var(--s-text-3)",
    fillOpacity: 0.06,
    stroke: "var(--s-text-2)",
    strokeDasharray: "4 3",
    strokeOpacity: 1,
  },
};
type Bar = keyof typeof BARS;

/** A chart of twelve months' usage against their quotas. */
export const YearBars = memo(function YearBars({ months, top, ticks, axisWidth }: Props) {
  return (
    <CompositeChart
      {...CHART_LOOK}
      aria-hidden
      className={styles.chart}
      data={months.map(rowOf)}
      dataKey="month"
      series={[
        ...(Object.keys(BARS) as Bar[]).map((name) => ({ name, type: "bar" as const })),
        { name: "quota", type: "line", color: "var(--s-text)" },
        { name: "cap", type: "line", color: "var(--s-exceeded-mark)", strokeDasharray: CAP_DASH },
      ]}
      valueFormatter={count}
      maxBarWidth={48}
      barProps={({ name }) => ({ stackId: "use", ...BARS[name as Bar] })}
      connectNulls={false}
      lineProps={{ type: "step", strokeWidth: 2 }}
      xAxisProps={{
        interval: "preserveStartEnd",
        height: 30,
        tickFormatter: shortMonth,
        axisLine: { stroke: "var(--s-border-strong)" },
      }}
      yAxisProps={{ width: axisWidth, ticks, domain: [0, top], allowDataOverflow: true }}
      composedChartProps={{ margin: { top: 12, right: 16, bottom: 0, left: 0 } }}
    />
  );
});

function rowOf(year: YearMonth) {
  const { month, total, quota, expected } = year;
  return {
    month,
    ...usageSegments(year),
    expected: expected === null ? 0 : Math.max(0, expected - total),
    quota,
    cap: capLineOf(year),
  };
}

const format = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" });

function shortMonth(month: string): string {
  return format.format(new Date(`${month}-01`));
}
