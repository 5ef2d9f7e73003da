import styles from "./seats.module.css";

/** An empty row with the height of the rows that aren't drawn. */
export function Spacer({ height, columns }: { height: number; columns: number }) {
  return height > 0 ? (
    <tr aria-hidden className={styles.spacer}>
      <td colSpan={columns} style={{ height }} />
    </tr>
  ) : null;
}
