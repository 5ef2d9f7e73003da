"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import styles from "./license-head.module.css";

/** Distinguishes the overview, where phones show the whole header, from the other pages of a license. */
export function HeadFrame({ number, children }: { number: string; children: ReactNode }) {
  const isOverview = usePathname() === `/licenses/${number}`;
  return (
    <div className={styles.head} data-short={!isOverview}>
      {children}
    </div>
  );
}
