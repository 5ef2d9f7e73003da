import styles from "./deployment-name.module.css";

/** The name of a deployment; without one, its source. */
export function DeploymentName({ source, name }: { source: string; name?: string | null }) {
  if (name) return <span title={source}>{name}</span>;
  return (
    <code className={styles.source} title={source}>
      {source}
    </code>
  );
}
