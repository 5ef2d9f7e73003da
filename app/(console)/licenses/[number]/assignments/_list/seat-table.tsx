import { type FocusEvent, Fragment, type ReactNode, useState } from "react";
import type { ColumnId, ListParams, Sort } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { positionParams } from "@/app/(console)/licenses/[number]/assignments/search-params";
import tableStyles from "@/components/ui/table.module.css";
import type { SeatRow } from "./listed-seats";
import { useRowHeight } from "./row-height";
import { nextSort, SEAT_COLUMNS } from "./seat-columns";
import styles from "./seats.module.css";
import { Spacer } from "./spacer";
import { usePrinting } from "./use-printing";
import { useWindowRows } from "./use-window-rows";

type Props = {
  params: ListParams;
  columns: readonly ColumnId[];
  rows: SeatRow[];
  total: number;
  /** The link to the same list in another order. */
  hrefOf(sort: Sort): string;
  sortBy(sort: Sort): void;
  before: ReactNode;
  row(seat: SeatRow, at: number, measure?: (row: HTMLTableRowElement | null) => void): ReactNode;
  foot: ReactNode;
};

const PLAIN = 100;
const { cols } = positionParams;

/**
 * A table that draws only the visible rows of a long list; a short list, a page and a printout are drawn whole. Columns
 * are hidden by width, so spacers have exactly as many columns as are shown: more would widen the table.
 */
export function SeatTable({ params, columns, rows, total, hrefOf, sortBy, before, row, foot }: Props) {
  const [kept, setKept] = useState(-1);
  const isPrinting = usePrinting();
  const isLong = rows.length > PLAIN && !isPrinting;
  const rowPx = useRowHeight();
  const count = isLong ? rows.length : 0;
  const { body, drawn, below, measure } = useWindowRows({ count, rowPx, kept });
  const keep = ({ target }: FocusEvent<HTMLElement>) =>
    setKept(isLong ? Number(target.closest("tr")?.dataset.index ?? -1) : -1);
  return (
    <div className={tableStyles.frame}>
      <table
        className={`${tableStyles.table} ${styles.table}`}
        data-chosen={!cols.eq(columns, cols.defaultValue)}
        aria-rowcount={total + 1}
      >
        <caption className={tableStyles.caption}>
          {params.sort === "-created" ? "Assignments, newest first" : "Assignments"}
        </caption>
        <thead>
          <tr>
            <th scope="col" className={styles.pick}>
              <span className={styles.unseen}>Selected</span>
            </th>
            <Head name="User" field="subject" {...{ params, hrefOf, sortBy }} />
            {columns.map((id) => (
              <Head key={id} {...SEAT_COLUMNS[id]} {...{ params, hrefOf, sortBy }} />
            ))}
            <th scope="col" className={styles.more}>
              <span className={styles.unseen}>More</span>
            </th>
          </tr>
        </thead>
        <tbody ref={body} onFocus={keep}>
          {before}
          {isLong
            ? drawn.map(({ at, gap }) => {
                const seat = rows[at];
                return seat ? (
                  <Fragment key={seat.instance}>
                    <Spacer height={gap} columns={1} />
                    {row(seat, at, measure)}
                  </Fragment>
                ) : null;
              })
            : rows.map((seat, at) => row(seat, at))}
          {isLong ? <Spacer height={below} columns={1} /> : null}
        </tbody>
      </table>
      <div className={tableStyles.foot}>{foot}</div>
    </div>
  );
}

type HeadProps = Pick<Props, "params" | "hrefOf" | "sortBy"> & {
  name: string;
  field?: Parameters<typeof nextSort>[0];
  width?: string;
  priority?: number;
  closed?: boolean;
};

function Head({ name, field, width, priority, closed, params, hrefOf, sortBy }: HeadProps) {
  const place = { style: { width }, "data-priority": priority, "data-closed": closed };
  if (!field)
    return (
      <th scope="col" {...place}>
        {name}
      </th>
    );
  const next = nextSort(field, params.sort);
  const order = params.sort === field ? "ascending" : params.sort === `-${field}` ? "descending" : undefined;
  return (
    <th
      scope="col"
      className={field === "subject" ? styles.subjectHead : undefined}
      {...place}
      aria-sort={order}
    >
      <a
        className={styles.sort}
        href={hrefOf(next)}
        onClick={(event) => {
          event.preventDefault();
          sortBy(next);
        }}
      >
        {name}
        <span aria-hidden>{order === "ascending" ? " ↑" : order === "descending" ? " ↓" : ""}</span>
      </a>
    </th>
  );
}
