import styles from "./copy-result.module.css";
import type { Copied } from "./use-copy";

const LABELS: Record<Copied, string> = {
  idle: "",
  copied: "Copied",
  failed: "Not copied. Select it and copy it manually.",
};

/** Announces the result of copying to screen readers, and shows a failure to everybody. */
export function CopyResult({ of }: { of: Copied }) {
  return (
    <span role="status" className={of === "failed" ? styles.failed : styles.told}>
      {LABELS[of]}
    </span>
  );
}
