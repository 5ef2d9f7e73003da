"use client";

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
      <Link href="/licenses">Licenses</Link>
      <span aria-hidden>/</span>
      <Link className={styles.here} href={`/licenses/${number}`}>
        {formatLicenseNumber(number)}
      </Link>
    </nav>
  );
}
