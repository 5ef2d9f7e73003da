"use client";

import { IconChevronLeft } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { formatLicenseNumber } from "@/domain/license-number";
import styles from "./crumb.module.css";

/** Where one is, with the way back; nothing on a page that the rail leads to. */
export function Crumb() {
  const [, section, number] = usePathname().split("/");
  if (section !== "licenses" || !number) return null;
  return (
    <nav aria-label="You are here" className={styles.crumb}>
      <Link className={styles.back} href="/licenses">
        <IconChevronLeft size={18} stroke={1.75} aria-hidden />
        <span>Licenses</span>
      </Link>
      <span className={styles.slash} aria-hidden>
        /
      </span>
      <Link className={styles.here} href={`/licenses/${number}`}>
        {formatLicenseNumber(number)}
      </Link>
    </nav>
  );
}
