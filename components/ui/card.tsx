import type { ReactNode } from "react";
import styles from "./card.module.css";

type Props = { title: string; hint?: string; badge?: ReactNode; children: ReactNode };

export function Card({ title, hint, badge, children }: Props) {
  return (
    <section className={styles.card}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {hint ? <p>{hint}</p> : null}
        {badge}
      </div>
      {children}
    </section>
  );
}
