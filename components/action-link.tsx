import styles from "./export-link.module.css";

/** Leads to a file that is saved, not shown. */
export function ExportLink({ href, children }: { href: string; children: string }) {
  return (
    <a className={styles.link} href={href} download>
      {children}
    </a>
  );
}
