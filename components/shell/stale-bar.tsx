"use client";

import { IconClockPause } from "@tabler/icons-react";
import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ageText } from "@/components/text/moment-labels";
import { clockText, type DateStyle } from "@/domain/dates/date-style";
import { zoneName } from "@/domain/dates/zone";
import { useAnnounce } from "./announcer";
import { useDateStyle } from "./date-style-provider";
import { hasFailed, type LiveFailure } from "./live";
import { LABELS, useLiveWatch } from "./live-watch";
import styles from "./notice-bar.module.css";

/** Says how old the data is while the server doesn't respond, and when the next attempt follows. */
export function StaleBar() {
  const { trouble } = useLiveWatch();
  const isFocused = useRef(false);
  useAnnounced(trouble);
  useEffect(() => {
    if (trouble || !isFocused.current) return;
    isFocused.current = false;
    document.getElementById("page")?.focus();
  }, [trouble]);
  if (!trouble) return null;
  return (
    <section
      aria-label="Outdated data"
      className={`${styles.bar} ${styles.old}`}
      onFocus={() => {
        isFocused.current = true;
      }}
      onBlur={() => {
        isFocused.current = false;
      }}
    >
      <IconClockPause size={18} stroke={1.75} aria-hidden />
      <Counting trouble={trouble} />
    </section>
  );
}

/** Not a live region, because it would be read out every second. */
function Counting({ trouble: { why, since } }: { trouble: LiveFailure }) {
  const { nextTry, tryNow } = useLiveWatch();
  const dates = useDateStyle();
  const isTrying = useIsFetching({ predicate: hasFailed }) > 0;
  const now = useNow();
  const seconds = Math.ceil((nextTry - now) / 1000);
  return (
    <>
      <p className={styles.words}>
        <span className={since === null ? undefined : styles.more}>{LABELS[why]} </span>
        {since === null ? null : `Updated ${zonedClock(since, dates)}, ${ageText(now - since)}. `}
        {isTrying || seconds <= 0 ? "Retrying now." : `Retrying in ${seconds} s.`}
      </p>
      <button
        type="button"
        className={styles.act}
        aria-disabled={isTrying}
        onClick={() => (isTrying ? undefined : tryNow())}
      >
        Try now
      </button>
    </>
  );
}

/** Announces once that the data is old, and once that it is current again. */
function useAnnounced(failure: LiveFailure | null) {
  const announce = useAnnounce();
  const dates = useDateStyle();
  const wasOld = useRef(false);
  useEffect(() => {
    if ((failure !== null) === wasOld.current) return;
    wasOld.current = failure !== null;
    announce(failure ? oldWords(failure, dates) : "The data is up to date again.");
  }, [failure, dates, announce]);
}

function oldWords({ why, since }: LiveFailure, dates: DateStyle): string {
  const tries = "Retrying every 20 seconds.";
  return since === null
    ? `${LABELS[why]} ${tries}`
    : `${LABELS[why]} The data is from ${zonedClock(since, dates)}. ${tries}`;
}

function zonedClock(since: number, dates: DateStyle): string {
  return `${clockText(new Date(since), dates)} ${zoneName(dates.zone)}`;
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
