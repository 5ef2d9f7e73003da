import { guarded } from "@/domain/csv-cells";
import type { SheetRow } from "./import-sheet";
import { rowLabel, type SeatUnits } from "./row-labels";

/** Saves the rows without a seat as a file with their reasons, so that it can be fixed and imported again. */
export async function saveSkippedRows(rows: readonly SheetRow[], seats: readonly SeatUnits[]): Promise<void> {
  const { stringify } = await import("csv-stringify/browser/esm/sync");
  const text = stringify(
    rows.map((row) => [row.subject, row.allotment, String(row.row), rowLabel(row, seats)]),
    {
      header: true,
      columns: ["subject", "allotment", "row", "why"],
      bom: true,
      record_delimiter: "windows",
      cast: { string: guarded },
    },
  );
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = "skipped-rows.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}
