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
import { CAP_DASH, CHART_LOOK, GHOST_DASH } from "./chart-look";
import { CONE_FILL, lookFill, OVERAGE_FILL, RESERVED_FILL } from "./looks";
import type { SheetLayer } from "./month-sheet";
import { FIRST_EDGE, PLOT, type Scale, ticksOfMonth } from "./plot";
import { plotRows } from "./plot-rows";

type Props = {
  days: BurnUpDay[];
  layers: SheetLayer[];
  quota: number;
  overage: Overage;
  today: number | null;
  /** What deployments hold on top of what was used until today; 0 unless all of them are shown. */
  reserved: number;
  scale: Scale;
};
type Drawn = Props & { isNarrow: boolean };

const LABEL = { fontSize: 12, fontWeight: 550, className: styles.label };

const WIDTHS: Record<string, number> = { beyond: 1, ghostEdge: 4, ghost: 1.5 };

/** Moves the label of today above the line of the cap, or below the quota line when that is at the top of the plot. */
const OVER_CAP = -4;
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
      data={plotRows(parts)}
      dataKey="x"
      series={seriesOf(layers)}
      curveType="linear"
      connectNulls={false}
      valueFormatter={count}
      areaProps={({ name }) => areaOf(name, layers)}
      lineProps={({ name }) => ({ strokeWidth: WIDTHS[name] ?? 2, strokeLinecap: "butt" })}
      referenceAreas={[...overageBand({ ...parts, isNarrow }), ...reservedBand(parts)]}
      referenceLines={linesOf({ ...parts, isNarrow })}
      xAxisProps={{
        type: "number",
        domain: [FIRST_EDGE, days.length + FIRST_EDGE],
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

function seriesOf(layers: SheetLayer[]): CompositeChartProps["series"] {
  return [
    { name: "cone", type: "area" },
    ...layers.map((_, i) => ({ name: `layer${i}`, type: "area" as const })),
    // The line of the month before lies on the stack, so it has an edge in the color of the ground.
    { name: "ghostEdge", type: "line", color: "var(--s-surface)" },
    { name: "ghost", type: "line", color: "var(--s-text)", strokeDasharray: GHOST_DASH },
    { name: "mid", type: "line", color: "var(--s-text)", strokeDasharray: "6 4" },
    { name: "beyond", type: "line", color: "var(--s-text)", strokeDasharray: "6 4" },
  ];
}

function areaOf(name: string, layers: SheetLayer[]) {
  if (name === "cone") return { fill: CONE_FILL, fillOpacity: 1, stroke: "none", strokeWidth: 0 };
  const layer = layers[Number(name.slice("layer".length))];
  const fill = lookFill(layer?.look ?? 0);
  return { stackId: "use", fill, fillOpacity: 1, stroke: "var(--s-surface)", strokeWidth: 1 };
}

function overageBand({
  quota,
  overage,
  scale,
  today,
  days,
  isNarrow,
}: Drawn): NonNullable<CompositeChartProps["referenceAreas"]> {
  if (overage === 0 || !scale.showsLimit) return [];
  const y2 = overage === "YES" ? scale.top : Math.min(scale.top, quota + overage);
  const label =
    overage === "YES" && !isNarrow
      ? { ...LABEL, value: "No cap: counted as overage", fill: "var(--s-overage)" }
      : undefined;
  return [
    {
      x1: FIRST_EDGE,
      x2: days.length + FIRST_EDGE,
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

/** The minutes that deployments hold, above those that were used until today, for the rest of the month. */
function reservedBand({
  reserved,
  today,
  days,
  scale,
}: Props): NonNullable<CompositeChartProps["referenceAreas"]> {
  const used = today === null ? null : (days[today - 1]?.soFar ?? null);
  if (today === null || used === null || reserved === 0) return [];
  return [
    {
      x1: today + FIRST_EDGE,
      x2: days.length + FIRST_EDGE,
      y1: used,
      y2: Math.min(scale.top, used + reserved),
      fill: RESERVED_FILL,
      fillOpacity: 1,
      strokeOpacity: 0,
    },
  ];
}

/** The side of the "today" line that has room for its label. */
function freeSide({ today, days }: Pick<Props, "today" | "days">): "Left" | "Right" {
  return today !== null && today <= days.length / 2 ? "Right" : "Left";
}

/** The lines of quota, cap and today. On phones the legend names them, because labels would lie on each other. */
function linesOf({ isNarrow, ...parts }: Drawn): CompositeChartProps["referenceLines"] {
  const lines = [quotaLine(parts), capLine(parts), todayLine(parts)].filter((line) => line !== null);
  return isNarrow ? lines.map(({ label: _, ...line }) => line) : lines;
}

function quotaLine({ quota, overage, scale, ...parts }: Props) {
  if (!scale.showsLimit) return null;
  const denied = overage === 0 ? ": access denied" : "";
  return {
    y: quota,
    color: "var(--s-text)",
    strokeWidth: 2,
    labelPosition: `insideTop${freeSide(parts)}` as const,
    label: { ...LABEL, value: `Quota ${counted(quota, "minute")}${denied}`, fill: "var(--s-text)" },
  };
}

function capLine({ quota, overage, scale, ...parts }: Props) {
  const cap = capOf({ quota, overage });
  if (cap === null || cap === quota || cap > scale.top) return null;
  return {
    y: cap,
    color: "var(--s-exceeded-mark)",
    strokeWidth: 2,
    strokeDasharray: CAP_DASH,
    labelPosition: `insideBottom${freeSide(parts)}` as const,
    label: { ...LABEL, value: `Cap ${count(cap)}: access denied`, fill: "var(--s-exceeded)" },
  };
}

function todayLine({ today, days, scale }: Props) {
  if (today === null) return null;
  const side = today > days.length / 2 ? "Right" : "Left";
  return {
    x: today + FIRST_EDGE,
    color: "var(--s-text)",
    strokeWidth: 1,
    labelPosition: `insideTop${side}` as const,
    label: {
      ...LABEL,
      value: "Today",
      fill: "var(--s-text-2)",
      dy: scale.showsLimit ? OVER_CAP : UNDER_QUOTA,
    },
  };
}
