import styles from "./deployment-name.module.css";

/** A deployment by the name that it was given, else by the id that it gives itself. */
export function DeploymentName({ source, name }: { source: string; name?: string | null }) {
  if (name) return <span title={source}>{name}</span>;
  return (
    <code className={styles.source} title={source}>
      {source}
    </code>
  );
}
