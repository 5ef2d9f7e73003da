"use client";

import dynamic from "next/dynamic";
import { untilLoaded } from "@/components/shell/until-loaded";
import { count } from "@/components/text/numbers";
import { Link } from "@/components/ui/link";
import type { Month } from "@/domain/month";
import { roundTicks } from "@/domain/ticks";
import { ChartBones } from "./chart-bones";
import styles from "./year-figure.module.css";
import { capLineOf, monthSentence, type YearMonth } from "./year-month";

const YearBars = dynamic(
  untilLoaded(() => import("./year-bars").then((module) => module.YearBars)),
  { ssr: false, loading: ChartBones },
);

type Props = { months: YearMonth[]; shown: Month; hrefs: string[] };

const HEADROOM = 1.08;
const DIGIT = 7.5;

/** Twelve months as bars; each links to its month. */
export function YearFigure({ months, shown, hrefs }: Props) {
  const highest = Math.max(
    1,
    ...months.map((year) => Math.max(year.total, year.quota, year.expected ?? 0, capLineOf(year) ?? 0)),
  );
  const top = Math.ceil(highest * HEADROOM);
  const ticks = roundTicks(top);
  const axisWidth = Math.ceil(count(ticks.at(-1) ?? 0).length * DIGIT) + 18;
  return (
    <figure className={styles.figure} aria-label="Twelve months, each against its quota">
      <YearBars months={months} top={top} ticks={ticks} axisWidth={axisWidth} />
      <ol className={styles.links} style={{ left: axisWidth }}>
        {months.map((year, i) => (
          <li key={year.month}>
            <Link
              href={hrefs[i] ?? ""}
              aria-label={monthSentence(year)}
              title={monthSentence(year)}
              aria-current={year.month === shown ? "true" : undefined}
            />
          </li>
        ))}
      </ol>
    </figure>
  );
}
