"use client";

import { type ReactNode, useState } from "react";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { dateText, dayText, exactText, secondsText } from "@/domain/dates/date-style";
import { ExactTime } from "./exact-time";
import styles from "./moment.module.css";
import { momentLabel } from "./moment-labels";

type Props = { at: Date; now: Date; isNamed?: boolean };

/** A moment in the person's zone; `isNamed` adds the zone to a date, for sentences. */
export function Moment({ at, now, isNamed = false }: Props) {
  const dates = useDateStyle();
  return <ExactMoment at={at}>{momentLabel(at, now, dates, isNamed)}</ExactMoment>;
}

/** The day of a moment in the person's zone. */
export function MomentDay({ at }: { at: Date }) {
  return <ExactMoment at={at}>{dayText(at, useDateStyle())}</ExactMoment>;
}

/** A moment to the second. */
export function MomentSecond({ at, isExact = false }: { at: Date; isExact?: boolean }) {
  const dates = useDateStyle();
  const words = isExact ? exactText(at, dates) : `${dayText(at, dates)}, ${secondsText(at, dates)}`;
  return <ExactMoment at={at}>{words}</ExactMoment>;
}

/** A calendar date in the person's form. */
export function PlainDate({ date }: { date: string }) {
  return (
    <time dateTime={date} title="UTC">
      {dateText(date, useDateStyle())}
    </time>
  );
}

/**
 * A moment in custom words, with the exact time in its title. A press shows it in UTC, in the person's zone, in that of
 * the browser, and in machine format. What the server wrote stays if the browser has other data of time zones.
 */
function ExactMoment({ at, children }: { at: Date; children: ReactNode }) {
  const dates = useDateStyle();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={styles.moment} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <time dateTime={at.toISOString()} title={exactText(at, dates)} suppressHydrationWarning>
          {children}
        </time>
      </button>
      {isOpen ? <ExactTime at={at} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
