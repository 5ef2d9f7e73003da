import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";
import styles from "./month-page.module.css";

type Props = {
  id: string;
  title: string;
  /** The fields for month and allotment, and what else can be done. */
  actions: ReactNode;
  back: { href: string; name: string };
  children: ReactNode;
};

/** A page below Capacity that is about one month. */
export function MonthPage({ id, title, actions, back, children }: Props) {
  return (
    <section aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        <div className={styles.actions}>{actions}</div>
      </div>
      <p className={styles.back}>
        <TextLink href={back.href}>{back.name}</TextLink>
      </p>
      {children}
    </section>
  );
}
