import type { ReactNode } from "react";
import { Term } from "@/components/text/term";
import type { TermId } from "@/components/text/terms";
import styles from "./figure.module.css";

/** A number that matters, with its unit and limit. */
export function Figure({ value, rest }: { value: string; rest: string }) {
  return (
    <p className={styles.figure}>
      <span className={styles.value}>{value}</span> {rest}
    </p>
  );
}

type Fact = readonly [name: string, fact: ReactNode, term?: TermId];

/** Facts by name; the name is defined where it is a term. */
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
