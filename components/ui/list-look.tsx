"use client";

import { usePreferences } from "@/components/shell/preferences-provider";
import { zoneText } from "@/components/text/moment-labels";
import { Link } from "./link";
import styles from "./table.module.css";

/** The row height and time zone of a list, with a link to change them. */
export function ListLook({ inUtc = false }: { inUtc?: boolean }) {
  const { density, zone } = usePreferences();
  return (
    <Link className={styles.look} href="/account#preferences" title="Choose how lists are shown">
      {density} · {inUtc ? "UTC" : zoneText(zone)}
    </Link>
  );
}
