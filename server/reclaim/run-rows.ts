import { DAY } from "@/domain/month";
import { UNDO_DAYS } from "@/domain/reclaim/reclaim-rule";
import { nothingHere } from "@/domain/refusals/refusal";
import type { ReclaimRun as Row } from "@/prisma/client/client";
import type { Tx } from "@/server/store/store";

/** `announced` until its notice has passed; `empty` if no seat was due. */
type RunState = "announced" | "released" | "cancelled" | "empty";

/** A run without its seats. */
export type ReclaimRun = {
  id: string;
  allotment: string;
  state: RunState;
  /** How many seats it announced, and how many of them it released. */
  seats: number;
  released: number;
  announced: Date;
  release: Date;
  ended: Date | null;
  /** Until when its seats can be restored; null if it released none. */
  undoUntil: Date | null;
  undone: Date | null;
};

export function runIn(row: Row, nameOf: (allotment: string) => string): ReclaimRun {
  const { id, allotment, state, seats, released, announcedAt, releaseAt, endedAt, undoneAt } = row;
  return {
    ...{ id, allotment: nameOf(allotment), state: state as RunState, seats, released },
    ...{ announced: announcedAt, release: releaseAt, ended: endedAt, undone: undoneAt },
    undoUntil: endedAt && released > 0 ? new Date(endedAt.getTime() + UNDO_DAYS * DAY) : null,
  };
}

/** A run of a license; whoever changes it holds the license's lock. */
export async function runRow(tx: Pick<Tx, "reclaimRun">, license: string, id: string): Promise<Row> {
  const row = await tx.reclaimRun.findUnique({ where: { id } });
  if (row?.license !== license) throw nothingHere();
  return row;
}
