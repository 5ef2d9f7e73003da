import type { Assignment, Change } from "./assignment";

/** Whether a change takes or releases a seat. Others are about a seat that stays, such as another alias of its user. */
export function movesSeat({ kind }: Change): boolean {
  return kind === "add" || kind === "delete";
}

/** The rows of seats that were taken or released, by instance. */
export function movedRows(changes: readonly Change[]): Map<string, Assignment> {
  return new Map(changes.filter(movesSeat).map(({ row }) => [row.instance, row]));
}

/** How many seats of each allotment changes took, less those that they released. */
export function seatsMoved(changes: readonly Change[]): Map<string, number> {
  const moved = new Map<string, number>();
  for (const { kind, row } of changes.filter(movesSeat))
    moved.set(row.allotment, (moved.get(row.allotment) ?? 0) + (kind === "add" ? 1 : -1));
  return moved;
}
