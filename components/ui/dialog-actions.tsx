import type { ReactNode } from "react";
import styles from "./dialog-actions.module.css";

/** The buttons of a dialog: Cancel first, the main action last; stacked on phones. */
export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <div className={styles.actions} data-actions>
      {children}
    </div>
  );
}
