import styles from "./copy-result.module.css";
import type { Copied } from "./use-copy";

const LABELS: Record<Copied, string> = {
  idle: "",
  copied: "Copied",
  failed: "Not copied. Select it and copy it manually.",
};

/** Tells a screen reader how copying went, and everybody when it failed. */
export function CopyResult({ of }: { of: Copied }) {
  return (
    <span role="status" className={of === "failed" ? styles.failed : styles.told}>
      {LABELS[of]}
    </span>
  );
}
