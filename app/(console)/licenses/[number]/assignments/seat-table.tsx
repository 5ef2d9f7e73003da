import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { useRowHeight } from "@/components/row-height";
import tableStyles from "@/components/table.module.css";
import type { SeatRow } from "./listed-seats";
import type { ListParams, Sort } from "./search-params";
import { searchOf } from "./search-params";
import styles from "./seats.module.css";

type Parts = {
  number: string;
  params: ListParams;
  rows: SeatRow[];
  total: number;
  sortBy(sort: Sort): void;
  before: ReactNode;
  row(seat: SeatRow, at: number): ReactNode;
  foot: ReactNode;
};

const COLUMNS = [
  { name: "Subject", field: "subject", width: "28%" },
  { name: "Allotment", field: "allotment" },
  { name: "State", field: null },
  { name: "Deployment", field: null, priority: 3 },
  { name: "Created", field: "created" },
  { name: "Last used", field: "lastUsed", priority: 3 },
] as const;

const PLAIN = 200;

/** A table that draws, of a long list, the rows in view; a short one, and the first page, is plain. */
export function SeatTable({ number, params, rows, total, sortBy, before, row, foot }: Parts) {
  const body = useRef<HTMLTableSectionElement>(null);
  const isLong = rows.length > PLAIN;
  const rowPx = useRowHeight();
  const virtual = useWindowVirtualizer({
    count: isLong ? rows.length : 0,
    estimateSize: () => rowPx,
    overscan: 20,
    scrollMargin: body.current?.offsetTop ?? 0,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: of another height of rows it is not told otherwise
  useEffect(() => virtual.measure(), [rowPx, virtual]);
  const inView = virtual.getVirtualItems();
  const shown = isLong ? inView.map(({ index }) => index) : rows.map((_, index) => index);
  const above = (inView[0]?.start ?? 0) - virtual.options.scrollMargin;
  const below = virtual.getTotalSize() - ((inView.at(-1)?.end ?? 0) - virtual.options.scrollMargin);
  return (
    <div className={tableStyles.frame}>
      <table className={`${tableStyles.table} ${styles.table}`} aria-rowcount={total + 1}>
        <caption className={tableStyles.caption}>
          {params.sort === "-created" ? "Assignments, newest first" : "Assignments"}
        </caption>
        <thead>
          <tr>
            <th scope="col" className={styles.pick}>
              <span className={styles.unseen}>Selected</span>
            </th>
            {COLUMNS.map((column) => (
              <Head key={column.name} column={column} number={number} params={params} sortBy={sortBy} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {before}
          {isLong && above > 0 ? <Spacer height={above} /> : null}
          {shown.map((at) => {
            const seat = rows[at];
            return seat ? row(seat, at) : null;
          })}
          {isLong && below > 0 ? <Spacer height={below} /> : null}
        </tbody>
      </table>
      <div className={tableStyles.foot}>{foot}</div>
    </div>
  );
}

function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden className={styles.spacer}>
      <td colSpan={COLUMNS.length + 1} style={{ height }} />
    </tr>
  );
}

type HeadParts = Pick<Parts, "number" | "params" | "sortBy"> & { column: (typeof COLUMNS)[number] };

function Head({ column: { name, field, ...rest }, number, params, sortBy }: HeadParts) {
  const width = "width" in rest ? rest.width : undefined;
  const priority = "priority" in rest ? rest.priority : undefined;
  if (!field)
    return (
      <th scope="col" style={{ width }} data-priority={priority}>
        {name}
      </th>
    );
  const isUp = params.sort === field;
  const isDown = params.sort === `-${field}`;
  const next: Sort = isUp
    ? `-${field}`
    : isDown
      ? field
      : field === "subject" || field === "allotment"
        ? field
        : `-${field}`;
  return (
    <th
      scope="col"
      style={{ width }}
      data-priority={priority}
      aria-sort={isUp ? "ascending" : isDown ? "descending" : undefined}
    >
      <a
        className={styles.sort}
        href={`/licenses/${number}/assignments?${searchOf({ ...params, sort: next })}`}
        onClick={(event) => {
          event.preventDefault();
          sortBy(next);
        }}
      >
        {name}
        <span aria-hidden>{isUp ? " ↑" : isDown ? " ↓" : ""}</span>
      </a>
    </th>
  );
}
