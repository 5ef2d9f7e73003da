"use client";

import { useDateStyle } from "@/components/shell/date-style-provider";
import { usePreferences } from "@/components/shell/preferences-provider";
import { UTC, zoneName } from "@/domain/dates/zone";
import { Link } from "./link";
import styles from "./table.module.css";

/** The row height and time zone of a list, with a link to change them. */
export function ListLook() {
  const { density } = usePreferences();
  const { zone } = useDateStyle();
  const utc = zone === UTC ? "" : " Validities and days of use are in UTC.";
  return (
    <Link
      className={styles.look}
      href="/account#dates"
      title={`Times are in ${zone}.${utc} Choose how lists are shown`}
    >
      {density} · {zoneName(zone)}
    </Link>
  );
}
