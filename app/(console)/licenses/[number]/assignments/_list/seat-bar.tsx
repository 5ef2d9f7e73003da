import { Button } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import { COLUMN_IDS, type ColumnId } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { ActionButton } from "@/components/ui/action-button";
import { ColumnChoices } from "@/components/ui/columns-menu";
import { DetailsMenu } from "@/components/ui/details-menu";
import { Link } from "@/components/ui/link";
import { ListBar } from "@/components/ui/list-bar";
import { PrintWhole } from "@/components/ui/print-whole";
import { SEAT_COLUMNS } from "./seat-columns";
import { SeatFilters } from "./seat-filters";

type Props = ComponentProps<typeof SeatFilters> & {
  views: ReactNode;
  importHref: string;
  reclaimHref: string;
  exportHref: string;
  /** The whole list on one page. */
  wholeHref: string;
  /** The same page with the form open, for browsers without JavaScript. */
  assignHref: string;
  why: string | null;
  /** The actions for selected seats; they replace views and filters. */
  selection: ReactNode;
  assign(): void;
  simulate(): void;
  columns: readonly ColumnId[];
  setColumns(columns: ColumnId[]): void;
};

/** The bar above the list: views, filters, what is rarely needed, and the button to assign seats. */
export function SeatBar({
  views,
  importHref,
  reclaimHref,
  exportHref,
  wholeHref,
  simulate,
  columns,
  setColumns,
  ...parts
}: Props) {
  const { assignHref, why, assign, selection, ...filters } = parts;
  return (
    <ListBar
      selection={selection}
      actions={
        <>
          <DetailsMenu name="More">
            <button type="button" onClick={simulate}>
              Auto-assign…
            </button>
            <Link href={reclaimHref}>Reclaim</Link>
            <Link href={importHref}>Import CSV</Link>
            <a href={exportHref} download>
              Export CSV
            </a>
            <PrintWhole href={wholeHref} />
            <ColumnChoices
              beside="the user"
              columns={COLUMN_IDS.map((id) => ({ id, name: SEAT_COLUMNS[id].name }))}
              shown={columns}
              set={setColumns}
            />
          </DetailsMenu>
          <AssignButton href={assignHref} why={why} assign={assign} />
        </>
      }
    >
      {views}
      <SeatFilters {...filters} />
    </ListBar>
  );
}

function AssignButton({ href, why, assign }: { href: string; why: string | null; assign(): void }) {
  if (why) return <ActionButton why={why}>Assign</ActionButton>;
  return (
    <Button
      component="a"
      href={href}
      onClick={(event) => {
        event.preventDefault();
        assign();
      }}
    >
      Assign
    </Button>
  );
}
