import { IconAlertCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./problem.module.css";

/** What went wrong, in a sentence that also says what to do. */
export function Problem({ children }: { children: ReactNode }) {
  return (
    <div className={styles.problem} role="alert">
      <IconAlertCircle size={18} stroke={1.75} aria-hidden />
      <p>{children}</p>
    </div>
  );
}
