import type { ReactNode } from "react";
import { Term } from "@/components/text/term";
import type { TermId } from "@/components/text/terms";
import styles from "./month-figures.module.css";

type Props = { name: string; term: TermId; unit: string; title?: string; children: ReactNode };

/** A number with its meaning and its unit. */
export function Figure({ name, term, unit, title, children }: Props) {
  return (
    <div title={title}>
      <dt>
        <Term of={term}>{name}</Term>
      </dt>
      <dd>
        <span className={styles.value}>{children}</span> {unit}
      </dd>
    </div>
  );
}
