"use client";

import { type ReactNode, useState } from "react";
import { usePreferences } from "@/components/shell/preferences-provider";
import { ExactTime } from "./exact-time";
import styles from "./moment.module.css";
import { exactlyIn, momentIn, zoneText } from "./moment-labels";

/** A moment in the reader's zone. */
export function Moment({ at, now }: { at: Date; now: Date }) {
  const { zone } = usePreferences();
  return <ExactMoment at={at}>{momentIn(at, now, zone)}</ExactMoment>;
}

/**
 * A moment in custom words, with the exact time in its title. A press shows it in UTC, in the local zone, and in
 * machine format.
 */
export function ExactMoment({ at, children }: { at: Date; children: ReactNode }) {
  const { zone } = usePreferences();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={styles.moment} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <time dateTime={at.toISOString()} title={`${exactlyIn(at, zone)} ${zoneText(zone)}`}>
          {children}
        </time>
      </button>
      {isOpen ? <ExactTime at={at} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
