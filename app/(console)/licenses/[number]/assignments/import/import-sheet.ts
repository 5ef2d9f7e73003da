import { type PlanFate, TAKEN } from "@/domain/assignments/assignment-plan";
import type { ImportFate } from "@/server/assignments/files/assignment-import";

/** A row of the file: what would become of it or, once it was sent, what became of it. */
export type SheetRow = { row: number; subject: string; allotment: string } & (PlanFate | ImportFate);
export type SheetOutcome = SheetRow["outcome"];

/** What the server sends while it reads a file, and what later rows changed of it. */
export type SheetPart = { rows: SheetRow[]; bytes: number } | { revised: { row: number; fate: PlanFate }[] };

/** What the rows can be narrowed to: one outcome, or all that got no seat. */
export type SheetFilter = SheetOutcome | "all" | "left-out";

/** As many rows as are sent at once. */
const AT_ONCE = 1000;
const FINE: readonly SheetOutcome[] = [...TAKEN, "already", "added", "converted"];

export function isLeftOut({ outcome }: SheetRow): boolean {
  return !FINE.includes(outcome);
}

export function matches(row: SheetRow, filter: SheetFilter): boolean {
  if (filter === "all") return true;
  return filter === "left-out" ? isLeftOut(row) : row.outcome === filter;
}

export function countsOf(rows: readonly SheetRow[]): Map<SheetFilter, number> {
  const counts = new Map<SheetFilter, number>([["all", rows.length]]);
  for (const row of rows) {
    counts.set(row.outcome, (counts.get(row.outcome) ?? 0) + 1);
    if (isLeftOut(row)) counts.set("left-out", (counts.get("left-out") ?? 0) + 1);
  }
  return counts;
}

/** The row with what became of it otherwise, or once it was sent. */
export function settled({ row, subject, allotment }: SheetRow, fate: PlanFate | ImportFate): SheetRow {
  return { row, subject, allotment, ...fate };
}

/** Rows of one turn only work together, so a part ends before them or behind them. */
export function endOfPart(todo: readonly { turn: number }[], from: number, most = AT_ONCE): number {
  let end = Math.min(from + most, todo.length);
  while (end < todo.length && end - 1 > from && todo[end]?.turn === todo[end - 1]?.turn) end -= 1;
  return end;
}
