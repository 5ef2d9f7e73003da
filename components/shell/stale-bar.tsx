"use client";

import { IconClockPause } from "@tabler/icons-react";
import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ageText, clockIn } from "@/components/text/moment-labels";
import { useAnnounce } from "./announcer";
import { hasFailed, type LiveFailure } from "./live";
import { LABELS, useLiveWatch } from "./live-watch";
import styles from "./notice-bar.module.css";
import { usePreferences } from "./preferences-provider";

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
  const { zone } = usePreferences();
  const isTrying = useIsFetching({ predicate: hasFailed }) > 0;
  const now = useNow();
  const seconds = Math.ceil((nextTry - now) / 1000);
  return (
    <>
      <p className={styles.words}>
        <span className={since === null ? undefined : styles.more}>{LABELS[why]} </span>
        {since === null ? null : `Updated ${clockIn(new Date(since), zone)}, ${ageText(now - since)}. `}
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
  const { zone } = usePreferences();
  const wasOld = useRef(false);
  useEffect(() => {
    if ((failure !== null) === wasOld.current) return;
    wasOld.current = failure !== null;
    announce(failure ? oldWords(failure, zone) : "The data is up to date again.");
  }, [failure, zone, announce]);
}

function oldWords({ why, since }: LiveFailure, zone: string): string {
  const tries = "Retrying every 20 seconds.";
  return since === null
    ? `${LABELS[why]} ${tries}`
    : `${LABELS[why]} The data is from ${clockIn(new Date(since), zone)}. ${tries}`;
}

function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
