import Link from "next/link";
import type { ReactNode } from "react";
import styles from "./text-link.module.css";

/** A link that stands alone, high enough to be hit. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link className={styles.link} href={href}>
      {children}
    </Link>
  );
}
