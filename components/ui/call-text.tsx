import styles from "./call-text.module.css";

/** A command or a document to read and copy. It scrolls if it is wider than the page, by keyboard too. */
export function CallText({ label, children }: { label: string; children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keyboard users must be able to scroll it
    <section tabIndex={0} aria-label={label} className={styles.call}>
      <pre>{children}</pre>
    </section>
  );
}
