import { sealPath } from "@/components/ui/seal-path";
import styles from "./mark.module.css";

/** The logo of Signet: a wax seal with an S. */
export function Mark({ size }: { size: number }) {
  return (
    <svg viewBox="0 0 40 40" width={size} height={size} aria-hidden>
      <path className={styles.wax} d={sealPath("9689798697968979")} />
      <circle className={styles.ring} cx="20" cy="20" r="11" />
      <path
        className={styles.letter}
        d="M23.9 16.6c-.5-1.5-2-2.4-3.9-2.4-2.2 0-3.9 1.1-3.9 2.9 0 4.3 8 1.7 8 5.9 0 1.8-1.7 3-4.1 3-2.1 0-3.7-1-4.2-2.7"
      />
    </svg>
  );
}
