import { monthText } from "@/components/text/when";
import type { Column } from "@/components/ui/table";
import type { DeploymentSort } from "@/domain/deployment-pulse";
import type { Month } from "@/domain/month";
import type { DeploymentParams } from "./search-params";

export type DeploymentColumn = Column & { key: Key };
type Key = "name" | "state" | "product" | "os" | "contact" | "report" | "sync" | "behind" | "clock" | "share";
type Sort = { by: "name" | "product" | "contact" | "report" | "sync" | "share"; first: "asc" | "desc" };

const COLUMNS: (DeploymentColumn & { sorts?: Sort; closed?: true })[] = [
  { key: "name", name: "Name", sorts: { by: "name", first: "asc" } },
  { key: "state", name: "State", width: "150px" },
  { key: "product", name: "Product", width: "112px", sorts: { by: "product", first: "asc" } },
  { key: "os", name: "System", priority: 3, width: "8%", closed: true },
  { key: "contact", name: "Last contact", width: "126px", sorts: { by: "contact", first: "desc" } },
  {
    key: "report",
    name: "Report",
    priority: 3,
    width: "9%",
    closed: true,
    sorts: { by: "report", first: "desc" },
  },
  { key: "sync", name: "Sync", priority: 3, width: "9%", closed: true, sorts: { by: "sync", first: "desc" } },
  { key: "behind", name: "Behind", end: true, priority: 3, width: "72px", closed: true },
  { key: "clock", name: "Clock", end: true, priority: 3, width: "72px", closed: true },
  { key: "share", name: "Share", end: true, width: "108px", sorts: { by: "share", first: "desc" } },
];

/**
 * The columns of the list. An open deployment takes room, so there are fewer beside it; its panel has the rest. Shares
 * are those of the chosen month.
 */
export function shownColumns(
  { sort, open }: DeploymentParams,
  month: Month,
  hrefOf: (sort: DeploymentSort) => string,
): DeploymentColumn[] {
  const share = `Share, ${monthText(month).slice(0, 3)}`;
  return COLUMNS.filter(({ closed }) => !(open && closed)).map(({ sorts, closed: _, ...of }) => {
    const column = { ...of, name: of.key === "share" ? share : of.name };
    if (!sorts) return column;
    const up = sorts.by;
    const down = `-${sorts.by}` as const;
    const order = sort === up ? "ascending" : sort === down ? "descending" : "none";
    const next = order === "ascending" || (order === "none" && sorts.first === "desc") ? down : up;
    return { ...column, sort: { order, href: hrefOf(next) } };
  });
}
