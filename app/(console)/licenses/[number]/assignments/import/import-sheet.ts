import { type PlannedResult, TAKEN } from "@/domain/assignments/assignment-plan";
import type { ImportResult } from "@/server/assignments/files/assignment-import";

/** A row of the file: what would become of it or, once it was sent, what became of it. */
export type SheetRow = { row: number; subject: string; allotment: string } & (PlannedResult | ImportResult);
export type SheetResult = SheetRow["outcome"];

/** What the server sends while it reads a file, and what later rows changed of it. */
export type SheetChunk =
  | { rows: SheetRow[]; bytes: number }
  | { revised: { row: number; fate: PlannedResult }[] };

/** What the rows can be narrowed to: one outcome, or all that got no seat. */
export type SheetFilter = SheetResult | "all" | "left-out";

/** As many rows as are sent at once. */
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

/** The row with what became of it otherwise, or once it was sent. */
export function settled({ row, subject, allotment }: SheetRow, fate: PlannedResult | ImportResult): SheetRow {
  return { row, subject, allotment, ...fate };
}

/** Rows of one turn only work together, so a part ends before them or behind them. */
export function endOfChunk(todo: readonly { turn: number }[], from: number, most = AT_ONCE): number {
  let end = Math.min(from + most, todo.length);
  while (end < todo.length && end - 1 > from && todo[end]?.turn === todo[end - 1]?.turn) end -= 1;
  return end;
}
