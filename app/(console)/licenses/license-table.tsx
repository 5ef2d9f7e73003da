import type { ReactNode } from "react";
import { monthText, When } from "@/components/text/when";
import { Cell, type Column, type ColumnSort, RowName, Table } from "@/components/ui/table";
import { monthOf } from "@/domain/month";
import type { BoardRow } from "@/server/overview/license-board";
import { MinutesUse, SeatsUse } from "./allotment-usage";
import { COLUMN_IDS, type ColumnId } from "./columns";
import { EndOf, LicenseLink, StateOf } from "./license-cells";
import styles from "./license-table.module.css";
import { RememberedList } from "./remembered-list";

/** The sorts of the list that columns offer. */
export type SortedBy = "number" | "used" | "ends" | "contact";
type Sorts = Partial<Record<SortedBy, ColumnSort>>;
type Props = {
  caption: string;
  rows: readonly BoardRow[];
  now: Date;
  shown?: readonly ColumnId[];
  sorts?: Sorts;
  foot: ReactNode;
};

/** Licenses with their status; each row links to its license. */
export function LicenseTable({ caption, rows, now, shown = COLUMN_IDS, sorts = {}, foot }: Props) {
  const { license, ...columns } = columnsOf(now, sorts);
  return (
    <>
      <RememberedList numbers={rows.map(({ number }) => number)} />
      <Table
        caption={caption}
        columns={[license, ...shown.map((id) => columns[id])]}
        isChosen={shown.length < COLUMN_IDS.length}
        foot={foot}
      >
        {rows.map((row) => (
          <tr key={row.number}>
            <RowName>
              <LicenseLink row={row} />
            </RowName>
            {shown.map((id) => (
              <Cell key={id} of={columns[id]}>
                {CELLS[id](row, now)}
              </Cell>
            ))}
          </tr>
        ))}
      </Table>
    </>
  );
}

/** The columns that can be chosen, named like their headers. */
export function columnChoices(now: Date): { id: ColumnId; name: string }[] {
  const columns = columnsOf(now, {});
  return COLUMN_IDS.map((id) => ({ id, name: columns[id].name }));
}

function columnsOf(now: Date, { number, used, ends, contact }: Sorts) {
  const [month] = monthText(monthOf(now)).split(" ");
  return {
    license: { name: "License", width: "200px", sort: number },
    state: { name: "State", width: "22%" },
    product: { name: "Product", width: "8%", priority: 3 },
    seats: { name: "Seats", width: "92px" },
    minutes: { name: `Minutes, ${month}`, width: "17%", sort: used },
    ends: { name: "Ends", width: "16%", sort: ends },
    contact: { name: "Contact", width: "11%", priority: 3, sort: contact },
  } satisfies Record<string, Column>;
}

const CELLS: Record<ColumnId, (row: BoardRow, now: Date) => ReactNode> = {
  state: (row, now) => <StateOf row={row} now={now} />,
  product: ({ product }) => product,
  seats: ({ glance }) => <SeatsUse pools={glance.pools} />,
  minutes: ({ glance }) => <MinutesUse pools={glance.pools} />,
  ends: (row, now) => <EndOf row={row} now={now} />,
  contact: ({ glance: { contact } }, now) =>
    contact ? <When at={contact} now={now} /> : <span className={styles.left}>never</span>,
};
