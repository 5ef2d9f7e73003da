import type { ReactNode } from "react";
import styles from "./list-section.module.css";

type Props = { title: string; id: string; children: ReactNode };

/** A page below a tab that is one list. The tab shows its title already, so only screen readers get the heading. */
export function ListSection({ title, id, children }: Props) {
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {children}
    </section>
  );
}
