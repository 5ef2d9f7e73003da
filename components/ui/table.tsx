import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "./link";
import { ListLook } from "./list-look";
import styles from "./table.module.css";

/**
 * `priority` 1 is always shown, 2 from 768 px, 3 from 1280 px. Below 768 px rows become cards with the column names as
 * labels; columns without priority are folded behind "More".
 */
export type Column = { name: string; width?: string; end?: boolean; priority?: 2 | 3; sort?: ColumnSort };

/** How a column is sorted now, and the link that sorts by it or reverses it. */
export type ColumnSort = { order: "ascending" | "descending" | "none"; href: string };

type Props = {
  caption: string;
  columns: Column[];
  /** Whether the person chose the columns; then all of them are shown from 768 px on. */
  isChosen?: boolean;
  foot?: ReactNode;
  children: ReactNode;
};

/** A table with fixed columns. Its rows are `<tr>`s of `Cell`s, the first of which names the row. */
export function Table({ caption, columns, isChosen = false, foot, children }: Props) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} data-chosen={isChosen}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, width, end, priority, sort }) => (
              <th
                key={name}
                scope="col"
                style={{ width }}
                data-end={end}
                data-priority={priority}
                aria-sort={sort?.order}
              >
                {sort ? <SortLink name={name} {...sort} /> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
      {foot ? (
        <div className={styles.foot}>
          {foot}
          <ListLook />
        </div>
      ) : null}
    </div>
  );
}

function SortLink({ name, order, href }: ColumnSort & { name: string }) {
  const Icon = order === "descending" ? IconArrowDown : IconArrowUp;
  return (
    <Link className={styles.sort} href={href} scroll={false} data-order={order}>
      {name}
      <Icon size={14} stroke={2} aria-hidden />
    </Link>
  );
}

type CellProps = { of: Column; children: ReactNode };

export function Cell({ of: { name, end, priority }, children }: CellProps) {
  return (
    <td data-label={name} data-end={end} data-priority={priority}>
      {children}
    </td>
  );
}

/** The cell that names its row. */
export function RowName({ children }: { children: ReactNode }) {
  return (
    <th scope="row" className={styles.rowName}>
      {children}
      <details className={styles.more}>
        <summary aria-label="More" />
      </details>
    </th>
  );
}
