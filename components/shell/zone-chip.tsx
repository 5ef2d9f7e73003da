"use client";

import { useRouter } from "next/navigation";
import { Link } from "@/components/ui/link";
import { UTC, zoneName } from "@/domain/dates/zone";
import { useDateStyle, useOwnZone } from "./date-style-provider";
import { usePreferences } from "./preferences-provider";
import styles from "./zone-chip.module.css";

const ALWAYS_UTC = "Validities, days and months of usage stay in UTC.";

/** Names the time zone of the page. With an own one it switches to UTC and back, else it leads to the choice of one. */
export function ZoneChip() {
  const { zone } = useDateStyle();
  const own = useOwnZone();
  const { prefer } = usePreferences();
  const router = useRouter();
  const name = zoneName(zone);
  const other = zone === UTC ? own : UTC;
  if (own === UTC)
    return (
      <Link
        className={styles.zone}
        href="/account#dates"
        title={`Times are in UTC. ${ALWAYS_UTC}`}
        aria-label="Times are in UTC. Choose your time zone"
      >
        {UTC}
      </Link>
    );
  return (
    <button
      type="button"
      className={styles.zone}
      title={`Times are in ${zone}. Show them in ${other}. ${ALWAYS_UTC}`}
      aria-label={`Times are in ${name}. Show them in ${zoneName(other)}`}
      onClick={() => {
        prefer({ inUtc: zone !== UTC });
        router.refresh();
      }}
    >
      {name}
    </button>
  );
}
