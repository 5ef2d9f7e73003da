import styles from "./call-text.module.css";

/** A call to paste into a shell. It scrolls where it is longer than the page is wide, by keyboard too. */
export function CallText({ label, children }: { label: string; children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and who has no pointer scrolls it too.
    <section tabIndex={0} aria-label={label} className={styles.call}>
      <pre>{children}</pre>
    </section>
  );
}
