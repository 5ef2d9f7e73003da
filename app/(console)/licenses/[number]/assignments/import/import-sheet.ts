import { type PlannedResult, TAKEN } from "@/domain/assignments/assignment-plan";
import type { ImportResult } from "@/server/assignments/files/assignment-import";

/** A row of the file with its planned result or, once sent, its actual result. */
export type SheetRow = { row: number; subject: string; allotment: string } & (PlannedResult | ImportResult);
export type SheetResult = SheetRow["outcome"];

/** A chunk that the server sends while it reads a file: new rows, and corrections to earlier ones. */
export type SheetChunk =
  | { rows: SheetRow[]; bytes: number }
  | { revised: { row: number; fate: PlannedResult }[] };

/** The filter of the rows: one result, or all rows without a seat. */
export type SheetFilter = SheetResult | "all" | "left-out";

/** The number of rows sent in one request. */
const AT_ONCE = 1000;
const FINE: readonly SheetResult[] = [...TAKEN, "already", "added", "converted"];

export function isSkipped({ outcome }: SheetRow): boolean {
  return !FINE.includes(outcome);
}

export function matches(row: SheetRow, filter: SheetFilter): boolean {
  if (filter === "all") return true;
  return filter === "left-out" ? isSkipped(row) : row.outcome === filter;
}

export function countsOf(rows: readonly SheetRow[]): Map<SheetFilter, number> {
  const counts = new Map<SheetFilter, number>([["all", rows.length]]);
  for (const row of rows) {
    counts.set(row.outcome, (counts.get(row.outcome) ?? 0) + 1);
    if (isSkipped(row)) counts.set("left-out", (counts.get("left-out") ?? 0) + 1);
  }
  return counts;
}

/** The row with a corrected plan, or with the result of sending it. */
export function settled({ row, subject, allotment }: SheetRow, fate: PlannedResult | ImportResult): SheetRow {
  return { row, subject, allotment, ...fate };
}

/** The end of a chunk. Rows of one turn depend on each other, so a chunk never splits them. */
export function endOfChunk(todo: readonly { turn: number }[], from: number, most = AT_ONCE): number {
  let end = Math.min(from + most, todo.length);
  while (end < todo.length && end - 1 > from && todo[end]?.turn === todo[end - 1]?.turn) end -= 1;
  return end;
}
