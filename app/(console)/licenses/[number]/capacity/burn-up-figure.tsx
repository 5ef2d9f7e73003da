"use client";

import dynamic from "next/dynamic";
import { type CSSProperties, type PointerEvent, useMemo, useState } from "react";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { untilLoaded } from "@/components/shell/until-loaded";
import { count } from "@/components/text/numbers";
import type { CapacityMonth } from "@/server/consumption/capacity";
import styles from "./burn-up-figure.module.css";
import { ChartBones } from "./chart-bones";
import { daySentence } from "./day-labels";
import { LayerNames } from "./layer-names";
import type { MonthSheet } from "./month-sheet";
import { FIRST_EDGE, PLOT, scaleOf } from "./plot";
import { Readout } from "./readout";

const BurnUpChart = dynamic(
  untilLoaded(() => import("./burn-up-chart").then((module) => module.BurnUpChart)),
  { ssr: false, loading: ChartBones },
);

type Props = {
  month: CapacityMonth;
  sheet: MonthSheet;
  scale: "limit" | "use";
  day: number | null;
  setDay: (day: number) => void;
  labelledBy: string;
};

/** The chart of a month, a slider through its days, and the numbers of the chosen day. */
export function BurnUpFigure({ month, sheet, scale: asked, day, setDay, labelledBy }: Props) {
  const [pointed, setPointed] = useState<number | null>(null);
  const dates = useDateStyle();
  const { quota, overage, today } = month;
  const { days, layers } = sheet;
  const reserved = sheet.isWhole ? month.reserved : 0;
  const scale = useMemo(() => scaleOf(days, quota, overage, asked), [days, quota, overage, asked]);
  const last = days.length;
  const edge = today ?? last;
  const chosen = clamp(pointed ?? day ?? today ?? last, last);
  const shown = days[chosen - 1];
  if (!shown) return null;
  const dayAt = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const inPlot = (event.clientX - left - scale.axisWidth) / (width - scale.axisWidth - PLOT.right);
    return clamp(Math.floor(inPlot * last) + 1, last);
  };
  const measures = {
    "--axis": `${scale.axisWidth}px`,
    "--at": (chosen - FIRST_EDGE) / last,
    "--edge": edge / last,
    "--days": last,
  } as CSSProperties; // React's types lack custom properties
  return (
    <figure className={styles.figure} aria-labelledby={labelledBy} style={measures}>
      <div
        className={styles.plot}
        onPointerMove={(event) => setPointed(dayAt(event))}
        onPointerLeave={() => setPointed(null)}
        onPointerDown={(event) => setDay(dayAt(event))}
      >
        <BurnUpChart {...{ days, layers, quota, overage, today, reserved, scale }} />
        {scale.showsLimit ? null : <p className={styles.above}>↑ Quota {count(quota)}</p>}
        <LayerNames days={days} layers={layers} scale={scale} />
        <div className={styles.cursor} />
        <input
          type="range"
          className={styles.slider}
          aria-label="Day"
          min={1}
          max={last}
          value={chosen}
          aria-valuetext={daySentence(shown, month, sheet, dates)}
          onChange={(event) => setDay(Number(event.currentTarget.value))}
          onKeyDown={(event) => {
            const week = { PageUp: 7, PageDown: -7 }[event.key];
            if (!week) return;
            event.preventDefault();
            setDay(clamp(chosen + week, last));
          }}
        />
      </div>
      <Readout day={shown} month={month} sheet={sheet} />
    </figure>
  );
}

function clamp(day: number, last: number): number {
  return Math.min(last, Math.max(1, day));
}
