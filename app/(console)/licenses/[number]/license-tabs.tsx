"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import styles from "./license-tabs.module.css";

const TABS = [
  { segment: "", name: "Overview" },
  { segment: "/assignments", name: "Assignments" },
  { segment: "/deployments", name: "Deployments" },
];

/** The pages of a license. */
export function LicenseTabs({ number }: { number: string }) {
  const path = usePathname();
  return (
    <nav aria-label="License" className={styles.tabs}>
      {TABS.map(({ segment, name }) => {
        const href = `/licenses/${number}${segment}`;
        return (
          <Link key={segment} href={href} aria-current={path === href ? "page" : undefined}>
            {name}
          </Link>
        );
      })}
    </nav>
  );
}
