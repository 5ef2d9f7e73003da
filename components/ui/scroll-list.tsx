import type { ReactNode } from "react";
import styles from "./scroll-list.module.css";

type Props = { label: string; children: ReactNode };

/** The `<li>`s of a list in a dialog, each a line of its parts. It scrolls when it is long, by keyboard too. */
export function ScrollList({ label, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it
    <ol className={styles.list} tabIndex={0} aria-label={label}>
      {children}
    </ol>
  );
}
