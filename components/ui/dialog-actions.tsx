import type { ReactNode } from "react";
import styles from "./dialog-actions.module.css";

/** The buttons at the foot of a dialog: Cancel first, what is done last; stacked on a phone. */
export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <div className={styles.actions} data-actions>
      {children}
    </div>
  );
}
