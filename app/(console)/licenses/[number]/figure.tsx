import type { ReactNode } from "react";
import { Term } from "@/components/text/term";
import type { TermId } from "@/components/text/terms";
import styles from "./figure.module.css";

type Fact = readonly [name: string, fact: ReactNode, term?: TermId];

/** A list of facts by name; names that are terms have a definition. */
export function Definitions({ of }: { of: readonly Fact[] }) {
  return (
    <dl className={styles.list}>
      {of.map(([name, fact, term]) => (
        <div key={name}>
          <dt>{term ? <Term of={term}>{name}</Term> : name}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
