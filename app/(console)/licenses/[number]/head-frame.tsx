"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import styles from "./license-head.module.css";

/** Tells apart the overview, which a phone shows the whole head of, and the pages below it. */
export function HeadFrame({ number, children }: { number: string; children: ReactNode }) {
  const isOverview = usePathname() === `/licenses/${number}`;
  return (
    <div className={styles.head} data-short={!isOverview}>
      {children}
    </div>
  );
}
