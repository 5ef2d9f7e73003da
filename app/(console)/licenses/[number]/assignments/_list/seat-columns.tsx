import type { ReactNode } from "react";
import type { ColumnId, ListParams } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { DeploymentName } from "@/app/(console)/licenses/[number]/deployments/deployment-name";
import { dayText, When } from "@/components/text/when";
import { StateBadge } from "@/components/ui/state-badge";
import type { SeatRow } from "./listed-seats";

type SeatColumn = {
  name: string;
  /** What the list can be sorted by with it. */
  field?: "allotment" | "created" | "lastUsed";
  width?: string;
  /** From which width on it is there, unless it was asked for. */
  priority?: 3;
  /** Whether it makes room for a seat that is open beside the list. */
  closed?: true;
  cell(seat: SeatRow, now: Date): ReactNode;
};

/** What can stand beside the subject. */
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

/** Who never came is told apart from whom nobody tells anything of. */
function lastUsedCell({ lastUsed, usageReported, source }: SeatRow): ReactNode {
  if (lastUsed) return <time dateTime={lastUsed}>{dayText(new Date(`${lastUsed}T00:00:00Z`))}</time>;
  if (usageReported) return "never";
  const who = source === "admin" ? "any deployment" : "this deployment";
  return <span title={`No usage reported by ${who}`}>Not reported</span>;
}

/** Which way a column sorts when it is pressed: names from A on, times from the latest on, then the other way round. */
export function nextSort(field: "subject" | "allotment" | "created" | "lastUsed", sort: ListParams["sort"]) {
  const up = field;
  const down = `-${field}` as const;
  if (sort === up) return down;
  if (sort === down) return up;
  return field === "subject" || field === "allotment" ? up : down;
}
