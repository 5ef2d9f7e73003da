import type { ReactNode } from "react";
import styles from "./list-bar.module.css";

type Props = {
  /** Views and filters. */
  children?: ReactNode;
  actions?: ReactNode;
  /** The actions for selected rows; they cover views and filters, so that nothing moves. */
  selection?: ReactNode;
};

/** The one bar above a list: views, filters and actions. Folded filters open in a line of their own. */
export function ListBar({ children, actions, selection }: Props) {
  return (
    <div className={styles.bar} data-selecting={Boolean(selection)}>
      {children}
      {selection}
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  );
}
