import { Readable } from "node:stream";
import { stringify } from "csv-stringify";
import { guarded } from "@/domain/csv-cells";
import {
  type AssignmentFilter,
  type ListedSeat,
  listAssignments,
} from "@/server/assignments/lists/assignment-list";
import { deploymentNames } from "@/server/deployments/deployment-names";

const COLUMNS = [
  "subject",
  "allotment",
  "state",
  "deployment",
  "source",
  "created",
  "last used",
  "use reported",
  "instance",
];
const PAGE = 1000;

/**
 * The seats that match a filter as CSV, page by page. A cell that a spreadsheet would compute or rewrite begins with
 * an apostrophe, which an import removes.
 */
export async function csvOfSeats(license: string, filter: AssignmentFilter, now: Date): Promise<Readable> {
  const rows = Readable.from(rowsOf(license, filter, now), { highWaterMark: 64 });
  const csv = stringify({
    header: true,
    columns: COLUMNS,
    bom: true,
    record_delimiter: "windows",
    cast: { string: guarded },
  });
  rows.on("error", (error) => csv.destroy(error));
  csv.on("close", () => rows.destroy());
  return rows.pipe(csv);
}

async function* rowsOf(license: string, filter: AssignmentFilter, now: Date) {
  let cursor: string | undefined;
  do {
    const page = await listAssignments(license, { ...filter, limit: PAGE, cursor }, now);
    const sources = [...new Set(page.items.map(({ source }) => source))];
    const names = await deploymentNames(license, sources);
    for (const seat of page.items) yield cellsOf(seat, names.get(seat.source));
    cursor = page.cursor ?? undefined;
  } while (cursor);
}

function cellsOf(seat: ListedSeat, name = ""): string[] {
  const { subject, allotment, state, source, created, lastUsed, usageReported, instance } = seat;
  return [
    subject,
    allotment,
    state,
    name,
    source,
    created.toISOString(),
    lastUsed ?? "",
    usageReported ? "yes" : "no",
    instance,
  ];
}
