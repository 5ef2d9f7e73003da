import type { ReactNode } from "react";
import styles from "./section.module.css";

type Props = {
  title: string;
  id: string;
  /** One line below the heading. */
  hint?: ReactNode;
  /** Actions beside the heading. */
  actions?: ReactNode;
  children: ReactNode;
};

/** A section of a page with its heading. */
export function Section({ title, id, hint, actions, children }: Props) {
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <div>
          <h2 id={id}>{title}</h2>
          {hint ? <p className={styles.hint}>{hint}</p> : null}
        </div>
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </div>
      {children}
    </section>
  );
}
