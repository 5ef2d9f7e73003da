"use client";

import { exactlyIn, momentIn, zoneInWords } from "./moment-words";
import { usePreferences } from "./preferences-provider";

/** A moment in the reader's zone, with the exact one in its title. */
export function Moment({ at, now }: { at: Date; now: Date }) {
  const { zone } = usePreferences();
  return (
    <time dateTime={at.toISOString()} title={`${exactlyIn(at, zone)} ${zoneInWords(zone)}`}>
      {momentIn(at, now, zone)}
    </time>
  );
}
