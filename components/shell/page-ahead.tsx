"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import styles from "./page-ahead.module.css";
import { licenseIn, shapeOf } from "./page-shapes";
import { usePendingNavigation } from "./pending-navigation";
import { LicenseShape, PageShape } from "./skeleton";

type Props = {
  /** Stands under the tabs of a license, where only a way to another of its pages changes what is shown. */
  isInLicense?: boolean;
  children: ReactNode;
};

/**
 * A page, and in its place the shape of the next one, once the server takes more than 150 ms to make that. A page that is
 * loaded again never shows a shape: so it keeps its status, and its words without JavaScript.
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
