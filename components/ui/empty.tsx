import type { ReactNode } from "react";
import styles from "./empty.module.css";

/** An empty state: why there is nothing, and the next step. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children ? <div className={styles.step}>{children}</div> : null}
    </div>
  );
}
