import styles from "./figure.module.css";

/** A number that matters, with its unit and limit. */
export function Figure({ value, rest }: { value: string; rest: string }) {
  return (
    <p className={styles.figure}>
      <span className={styles.value}>{value}</span> {rest}
    </p>
  );
}

export function Definitions({ of }: { of: readonly (readonly [term: string, fact: string])[] }) {
  return (
    <dl className={styles.list}>
      {of.map(([term, fact]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
