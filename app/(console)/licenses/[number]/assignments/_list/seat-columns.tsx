import type { ReactNode } from "react";
import type { ColumnId, ListParams } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { DeploymentName } from "@/app/(console)/licenses/[number]/deployments/deployment-name";
import { CalendarDate, When } from "@/components/text/when";
import { StateBadge } from "@/components/ui/state-badge";
import type { SeatRow } from "./listed-seats";

type SeatColumn = {
  name: string;
  /** The field by which this column sorts the list. */
  field?: "allotment" | "created" | "lastUsed";
  width?: string;
  /** The width from which the column is shown, unless it was chosen. */
  priority?: 3;
  /** Whether the column is hidden while a seat is open beside the list. */
  closed?: true;
  cell(seat: SeatRow, now: Date): ReactNode;
};

/** The columns beside the user. */
export const SEAT_COLUMNS: Record<ColumnId, SeatColumn> = {
  allotment: { name: "Allotment", field: "allotment", cell: ({ allotment }) => allotment },
  state: {
    name: "State",
    width: "116px",
    cell: ({ state }) => (state === "excess" ? <StateBadge state="excess">Excess</StateBadge> : "Active"),
  },
  deployment: {
    name: "Deployment",
    priority: 3,
    closed: true,
    cell: ({ source, siteName }) =>
      source === "admin" ? "Console" : <DeploymentName source={source} name={siteName ?? undefined} />,
  },
  created: {
    name: "Created",
    field: "created",
    width: "154px",
    cell: ({ created }, now) => <When at={new Date(created)} now={now} />,
  },
  lastUsed: {
    name: "Last used",
    field: "lastUsed",
    priority: 3,
    closed: true,
    cell: lastUsedCell,
  },
  instance: { name: "Instance", cell: ({ instance }) => <code>{instance}</code> },
  version: { name: "Version", cell: ({ version }) => version },
};

/** Distinguishes users who were never seen from those whose product doesn't report usage. */
function lastUsedCell({ lastUsed, usageReported, source }: SeatRow): ReactNode {
  if (lastUsed) return <CalendarDate date={lastUsed} />;
  if (usageReported) return "never";
  const who = source === "admin" ? "any deployment" : "this deployment";
  return <span title={`No usage reported by ${who}`}>Not reported</span>;
}

/** The sort that a click on a column header sets: first names from A and times from the latest, then the reverse. */
export function nextSort(field: "subject" | "allotment" | "created" | "lastUsed", sort: ListParams["sort"]) {
  const up = field;
  const down = `-${field}` as const;
  if (sort === up) return down;
  if (sort === down) return up;
  return field === "subject" || field === "allotment" ? up : down;
}
