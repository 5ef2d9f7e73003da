"use client";

import { useMounted } from "@mantine/hooks";
import { zoneText } from "@/components/text/moment-labels";
import { usePreferences } from "./preferences-provider";
import styles from "./zone-chip.module.css";

/** Switches the time zone for displayed times between UTC and the browser's. Days and months of usage stay in UTC. */
export function ZoneChip() {
  const { zone, prefer } = usePreferences();
  const mounted = useMounted();
  const own = mounted ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone;
  const other = zone === "UTC" ? own : "UTC";
  if (other === zone)
    return (
      <span className={styles.zone} title="Days and times are in UTC">
        {zoneText(zone)}
      </span>
    );
  return (
    <button
      type="button"
      className={styles.zone}
      title={`Times are in ${zone}. Show them in ${other}. Days and months of capacity are always in UTC.`}
      aria-label={`Times are in ${zoneText(zone)}. Show them in ${zoneText(other)}`}
      onClick={() => prefer({ zone: other })}
    >
      {zoneText(zone)}
    </button>
  );
}
