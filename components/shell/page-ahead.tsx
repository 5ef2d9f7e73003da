"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import styles from "./page-ahead.module.css";
import { licenseIn, shapeOf } from "./page-shapes";
import { usePendingNavigation } from "./pending-navigation";
import { LicenseShape, PageShape } from "./skeleton";

type Props = {
  /** Set below a license's tabs, where only navigation within the license replaces the content. */
  isInLicense?: boolean;
  children: ReactNode;
};

/**
 * A page, replaced by the skeleton of the next page if that takes the server more than 150 ms. A reload never shows a
 * skeleton, so it keeps its HTTP status and its content without JavaScript.
 */
export function PageAhead({ isInLicense = false, children }: Props) {
  const here = usePathname();
  const ahead = usePendingNavigation();
  return (
    <div className={styles.place} aria-busy={ahead !== null}>
      <div className={styles.page}>{children}</div>
      {ahead && ahead !== here && isWithinLicense(here, ahead) === isInLicense ? (
        <div className={styles.shape} aria-hidden>
          {licenseIn(ahead) && !isInLicense ? <LicenseShape /> : null}
          <PageShape shape={shapeOf(ahead)} isInLicense={licenseIn(ahead) !== null} />
        </div>
      ) : null}
    </div>
  );
}

function isWithinLicense(here: string, ahead: string): boolean {
  const license = licenseIn(ahead);
  return license !== null && license === licenseIn(here);
}
