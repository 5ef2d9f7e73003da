"use client";

import { useDateStyle } from "@/components/shell/date-style-provider";
import { spansText } from "@/components/text/definition-labels";
import { count } from "@/components/text/numbers";
import type { Units } from "@/domain/licenses/definition";
import { spansWindow, type UnitsSpan, unitsSpans } from "@/domain/licenses/units-spans";
import { contains } from "@/domain/licenses/validity";
import styles from "./units-bar.module.css";

const HEIGHT = 28;
const TOP = 16;
/** A span with less than this percentage of the bar has no room for its number. */
const NUMBERED = 8;
const MIDDLE = 50;

/** A bar of the units in force over time, with a mark for today. The text beside it says the same. */
export function UnitsBar({ units, now }: { units: Units[]; now: Date }) {
  const dates = useDateStyle();
  const spans = unitsSpans(units);
  const { from, to } = spansWindow(spans, now);
  const at = (moment: Date) => (100 * (moment.getTime() - from.getTime())) / (to.getTime() - from.getTime());
  const most = Math.max(1, ...spans.map((span) => span.units));
  const today = at(now);
  return (
    <div className={styles.units}>
      <svg className={styles.bar} width="100%" height={TOP + HEIGHT + 1} aria-hidden>
        {spans.map((span) => (
          <Span
            key={span.from?.getTime() ?? 0}
            span={span}
            start={span.from ? at(span.from) : 0}
            end={span.to ? at(span.to) : 100}
            height={(HEIGHT * span.units) / most}
            isNow={contains(span, now)}
          />
        ))}
        <line className={styles.floor} x1="0" x2="100%" y1={TOP + HEIGHT} y2={TOP + HEIGHT} />
        <line className={styles.today} x1={`${today}%`} x2={`${today}%`} y1="2" y2={TOP + HEIGHT} />
        <text
          className={styles.tick}
          x={`${today}%`}
          y="11"
          dx={today < MIDDLE ? 5 : -5}
          textAnchor={today < MIDDLE ? "start" : "end"}
        >
          Today
        </text>
      </svg>
      <p className={styles.words}>{spansText(spans, now, dates)}</p>
    </div>
  );
}

type SpanProps = { span: UnitsSpan; start: number; end: number; height: number; isNow: boolean };

function Span({ span: { units }, start, end, height, isNow }: SpanProps) {
  return (
    <>
      <rect
        className={isNow ? styles.now : styles.then}
        x={`${start}%`}
        y={TOP + HEIGHT - height}
        width={`${end - start}%`}
        height={height}
      />
      {end - start < NUMBERED ? null : (
        <text className={styles.count} x={`${start}%`} dx="7" y={TOP + HEIGHT - 7}>
          {count(units)}
        </text>
      )}
    </>
  );
}
