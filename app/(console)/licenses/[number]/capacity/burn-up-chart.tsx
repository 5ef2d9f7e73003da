"use client";

import "@mantine/charts/styles.layer.css";
import { CompositeChart, type CompositeChartProps } from "@mantine/charts";
import { useMediaQuery } from "@mantine/hooks";
import { memo } from "react";
import { count, counted } from "@/components/text/numbers";
import type { BurnUpDay } from "@/domain/consumption/burn-up";
import { capOf } from "@/domain/consumption/quota";
import type { Overage } from "@/domain/licenses/definition";
import styles from "./burn-up-chart.module.css";
import { CHART_LOOK } from "./chart-look";
import { CONE_FILL, lookFill, OVERAGE_FILL } from "./looks";
import type { SheetLayer } from "./month-sheet";
import { PLOT, type Scale, ticksOfMonth } from "./plot";

type Props = {
  days: BurnUpDay[];
  layers: SheetLayer[];
  quota: number;
  overage: Overage;
  today: number | null;
  scale: Scale;
};
type Drawn = Props & { isNarrow: boolean };

const LABEL = { fontSize: 12, fontWeight: 550, className: styles.label };

/** Moves the label of today below the quota line when that is at the top of the plot. */
const UNDER_QUOTA = 20;

/** The chart of a month. The text beside it says the same, so it is hidden from screen readers. */
export const BurnUpChart = memo(function BurnUpChart(parts: Props) {
  const { days, layers, scale } = parts;
  const isNarrow = useMediaQuery("(max-width: 767px)") ?? false;
  return (
    <CompositeChart
      {...CHART_LOOK}
      aria-hidden
      className={styles.chart}
      data={rowsOf(parts)}
      dataKey="day"
      series={seriesOf(layers)}
      curveType="linear"
      connectNulls={false}
      valueFormatter={count}
      areaProps={({ name }) => areaOf(name, layers)}
      lineProps={({ name }) => ({ strokeWidth: name === "beyond" ? 1 : name === "ghost" ? 1.5 : 2 })}
      referenceAreas={overageBand({ ...parts, isNarrow })}
      referenceLines={linesOf({ ...parts, isNarrow })}
      xAxisProps={{
        ticks: ticksOfMonth(days.length),
        interval: 0,
        height: PLOT.axis,
        tickFormatter: String,
        axisLine: { stroke: "var(--s-border-strong)" },
      }}
      yAxisProps={{
        width: scale.axisWidth,
        ticks: scale.ticks,
        domain: [0, scale.top],
        allowDataOverflow: true,
      }}
      composedChartProps={{ margin: { top: PLOT.top, right: PLOT.right, bottom: 0, left: 0 } }}
    />
  );
});

function rowsOf({ days, quota, overage }: Props): Record<string, unknown>[] {
  const cap = capOf({ quota, overage });
  const isBeyond = ({ expected }: BurnUpDay) => cap !== null && expected !== null && expected.mid > cap;
  const turn = days.findIndex(isBeyond);
  return days.map(({ day, expected, monthBefore, layers }, i) => ({
    day,
    cone: expected && [expected.low, expected.high],
    mid: expected && (turn < 0 || i <= turn) ? expected.mid : null,
    beyond: expected && turn >= 0 && i >= turn ? expected.mid : null,
    ghost: monthBefore,
    ...Object.fromEntries(layers.map((sum, layer) => [`layer${layer}`, sum])),
  }));
}

function seriesOf(layers: SheetLayer[]): CompositeChartProps["series"] {
  return [
    { name: "cone", type: "area" },
    ...layers.map((_, i) => ({ name: `layer${i}`, type: "area" as const })),
    { name: "ghost", type: "line", color: "var(--s-text-2)", strokeDasharray: "1 4" },
    { name: "mid", type: "line", color: "var(--s-text)", strokeDasharray: "6 4" },
    { name: "beyond", type: "line", color: "var(--s-text)", strokeDasharray: "6 4" },
  ];
}

function areaOf(name: string, layers: SheetLayer[]) {
  if (name === "cone") return { fill: CONE_FILL, fillOpacity: 1, stroke: "none", strokeWidth: 0 };
  const layer = layers[Number(name.slice("layer".length))];
  const fill = lookFill(layer?.look ?? 0);
  return { stackId: "use", fill, fillOpacity: 1, stroke: "var(--s-surface)", strokeWidth: 1.5 };
}

function overageBand({
  quota,
  overage,
  scale,
  today,
  days,
  isNarrow,
}: Drawn): CompositeChartProps["referenceAreas"] {
  if (overage === 0 || !scale.showsLimit) return [];
  const y2 = overage === "YES" ? scale.top : Math.min(scale.top, quota + overage);
  const label =
    overage === "YES"
      ? { ...LABEL, value: isNarrow ? "No cap" : "No cap: counted as overage", fill: "var(--s-overage)" }
      : undefined;
  return [
    {
      x1: 1,
      x2: days.length,
      y1: quota,
      y2,
      fill: OVERAGE_FILL,
      fillOpacity: 1,
      strokeOpacity: 0,
      labelPosition: `insideTop${freeSide({ today, days })}`,
      label,
    },
  ];
}

/** The side of the "today" line that has room for its label. */
function freeSide({ today, days }: Pick<Props, "today" | "days">): "Left" | "Right" {
  return today !== null && today <= days.length / 2 ? "Right" : "Left";
}

function linesOf({
  quota,
  overage,
  today,
  scale,
  days,
  isNarrow,
}: Drawn): CompositeChartProps["referenceLines"] {
  const denied = isNarrow ? "" : ": access denied";
  const limit = isNarrow ? count(quota) : counted(quota, "minute");
  const side = freeSide({ today, days });
  const cap = capOf({ quota, overage });
  return [
    ...(scale.showsLimit
      ? [
          {
            y: quota,
            color: "var(--s-text)",
            strokeWidth: 2,
            labelPosition: `insideTop${side}` as const,
            label: { ...LABEL, value: `Quota ${limit}${overage === 0 ? denied : ""}`, fill: "var(--s-text)" },
          },
        ]
      : []),
    ...(cap !== null && cap !== quota && cap <= scale.top
      ? [
          {
            y: cap,
            color: "var(--s-exceeded-mark)",
            strokeWidth: 2,
            strokeDasharray: "2 3",
            labelPosition: `insideBottom${side}` as const,
            label: { ...LABEL, value: `Cap ${count(cap)}${denied}`, fill: "var(--s-exceeded)" },
          },
        ]
      : []),
    ...(today === null
      ? []
      : [
          {
            x: today,
            color: "var(--s-text)",
            strokeWidth: 1,
            labelPosition: (today > days.length - 4 ? "insideTopRight" : "insideTopLeft") as
              | "insideTopRight"
              | "insideTopLeft",
            label: {
              ...LABEL,
              value: "Today",
              fill: "var(--s-text-2)",
              dy: scale.showsLimit ? 0 : UNDER_QUOTA,
            },
          },
        ]),
  ];
}
