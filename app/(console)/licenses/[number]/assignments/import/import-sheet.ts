import type { Refused } from "@/components/refused";
import { type PlanFate, TAKEN } from "@/domain/assignment-plan";
import type { ImportFate } from "@/server/assignment-import";

/** A row of the file: what would become of it or, once it was sent, what became of it. */
export type SheetRow = { row: number; subject: string; allotment: string } & (PlanFate | ImportFate);
export type SheetOutcome = SheetRow["outcome"];

/** What the server sends while it reads a file; the last part says that it was the last one. */
export type PlanPart = { rows: SheetRow[]; bytes: number } | { isWhole: true } | { refused: Refused };

/** What the rows can be narrowed to: one outcome, or all that got no seat. */
export type SheetFilter = SheetOutcome | "all" | "left-out";

const FINE: readonly SheetOutcome[] = [...TAKEN, "already", "added", "converted"];

/** Whether a row asks for a seat that it would get. */
export function isTaken({ outcome }: SheetRow): boolean {
  return TAKEN.some((taken) => taken === outcome);
}

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

/** A row once it was sent. */
export function settled({ row, subject, allotment }: SheetRow, fate: ImportFate): SheetRow {
  return { row, subject, allotment, ...fate };
}
