import type { ReactNode } from "react";
import styles from "./page-head.module.css";

/** The heading of a page, with its actions beside it. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.head}>
      <h1>{title}</h1>
      {children}
    </div>
  );
}
