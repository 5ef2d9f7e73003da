import styles from "./seats.module.css";

/** The room of rows that are not drawn. */
export function Spacer({ height, columns }: { height: number; columns: number }) {
  return height > 0 ? (
    <tr aria-hidden className={styles.spacer}>
      <td colSpan={columns} style={{ height }} />
    </tr>
  ) : null;
}
