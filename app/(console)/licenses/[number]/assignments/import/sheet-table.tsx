import { Fragment } from "react";
import { Spacer } from "@/app/(console)/licenses/[number]/assignments/_list/spacer";
import { useWindowRows } from "@/app/(console)/licenses/[number]/assignments/_list/use-window-rows";
import tableStyles from "@/components/ui/table.module.css";
import styles from "./import.module.css";
import { isSkipped, type SheetRow } from "./import-sheet";
import { rowLabel, type SeatUnits } from "./row-labels";

const ROW_PX = 44;
const COLUMNS = 4;

/** The rows of a file with their results; a long file draws only the visible rows. */
export function SheetTable({ rows, seats }: { rows: readonly SheetRow[]; seats: readonly SeatUnits[] }) {
  const { body, drawn, below, measure } = useWindowRows({ count: rows.length, rowPx: ROW_PX, kept: -1 });
  return (
    <div className={tableStyles.frame}>
      <table className={`${tableStyles.table} ${styles.sheet}`} aria-rowcount={rows.length + 1}>
        <caption className={tableStyles.caption}>Rows of the file</caption>
        <thead>
          <tr>
            <th scope="col" data-end className={styles.row}>
              Row
            </th>
            <th scope="col">User</th>
            <th scope="col" className={styles.allotment}>
              Allotment
            </th>
            <th scope="col" className={styles.outcome}>
              Result
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {drawn.map(({ at, gap }) => {
            const row = rows[at];
            return row ? (
              <Fragment key={at}>
                <Spacer height={gap} columns={COLUMNS} />
                <tr ref={measure} data-index={at} aria-rowindex={at + 2}>
                  <td data-label="Row" data-end>
                    {row.row}
                  </td>
                  <th scope="row" className={tableStyles.rowName}>
                    <bdi title={row.subject}>{row.subject.trim() || "(empty)"}</bdi>
                  </th>
                  <td data-label="Allotment">{row.allotment}</td>
                  <td data-label="Result" className={styles.words} data-left-out={isSkipped(row)}>
                    {rowLabel(row, seats)}
                  </td>
                </tr>
              </Fragment>
            ) : null;
          })}
          <Spacer height={below} columns={COLUMNS} />
        </tbody>
      </table>
    </div>
  );
}
