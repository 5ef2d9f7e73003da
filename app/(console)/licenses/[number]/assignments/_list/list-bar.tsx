import { Button } from "@mantine/core";
import { type ComponentProps, type ReactNode, useId, useState } from "react";
import { COLUMN_IDS, type ColumnId } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { ActionButton } from "@/components/ui/action-button";
import { ActionLink } from "@/components/ui/action-link";
import { ColumnsMenu } from "@/components/ui/columns-menu";
import { SEAT_COLUMNS } from "./seat-columns";
import { SeatFilters } from "./seat-filters";
import styles from "./seats.module.css";

type Props = ComponentProps<typeof SeatFilters> & {
  importHref: string;
  reclaimHref: string;
  exportHref: string;
  /** The same page with the form open, for browsers without JavaScript. */
  assignHref: string;
  why: string | null;
  /** The actions for selected seats; they replace the filters. */
  selection: ReactNode;
  assign(): void;
  simulate(): void;
  columns: readonly ColumnId[];
  setColumns(columns: ColumnId[]): void;
};

/** The bar above the list: filters, export, import, and the button to assign seats. */
export function ListBar({ importHref, exportHref, assignHref, why, assign, simulate, ...parts }: Props) {
  const { columns, setColumns, selection, reclaimHref, ...filters } = parts;
  const [isOpen, setOpen] = useState(false);
  const rest = useId();
  return (
    <div className={styles.bar}>
      <div className={styles.narrow} data-selecting={selection !== null}>
        <SeatFilters {...filters} />
        {selection}
      </div>
      <Button
        variant="default"
        className={styles.fold}
        aria-expanded={isOpen}
        aria-controls={rest}
        onClick={() => setOpen(!isOpen)}
      >
        More
      </Button>
      <div id={rest} className={styles.rest} data-open={isOpen}>
        <ColumnsMenu
          beside="the user"
          columns={COLUMN_IDS.map((id) => ({ id, name: SEAT_COLUMNS[id].name }))}
          shown={columns}
          set={setColumns}
        />
        <Button variant="default" onClick={simulate}>
          Auto-assign…
        </Button>
        <ActionLink href={reclaimHref}>Reclaim</ActionLink>
        <ActionLink href={importHref}>Import CSV</ActionLink>
        <ActionLink href={exportHref} isFile>
          Export CSV
        </ActionLink>
      </div>
      {why ? (
        <ActionButton why={why}>Assign</ActionButton>
      ) : (
        <Button
          component="a"
          href={assignHref}
          onClick={(event) => {
            event.preventDefault();
            assign();
          }}
        >
          Assign
        </Button>
      )}
    </div>
  );
}
