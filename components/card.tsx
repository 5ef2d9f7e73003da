import type { ReactNode } from "react";
import styles from "./card.module.css";

type Parts = { title: string; hint?: string; aside?: ReactNode; children: ReactNode };

export function Card({ title, hint, aside, children }: Parts) {
  return (
    <section className={styles.card}>
      <div className={styles.head}>
        <div className={styles.words}>
          <h2>{title}</h2>
          {hint ? <p>{hint}</p> : null}
        </div>
        {aside}
      </div>
      {children}
    </section>
  );
}
