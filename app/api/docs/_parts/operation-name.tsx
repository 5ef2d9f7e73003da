import type { Method } from "@/api/documentation";
import styles from "./operation-name.module.css";

/** The method and the path of an operation. */
export function OperationName({ method, path }: { method: Method; path: string }) {
  return (
    <span className={styles.operation}>
      <span className={styles.method} data-method={method}>
        {method.toUpperCase()}
      </span>
      <code className={styles.path}>{path}</code>
    </span>
  );
}
