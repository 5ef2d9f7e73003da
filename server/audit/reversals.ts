import { UNDO_MS } from "@/domain/undo";
import type { AuditEvent as AuditRow } from "@/prisma/client/client";
import { store } from "@/server/store/store";
import { eventOf, groupOf, type ShownEvent } from "./log";

/** The change that an event undid, and the one that undid it, as a list shows them. */
export type Reversals = { reverses: ShownEvent | null; reversedBy: ShownEvent | null };

/**
 * The events that an event on a seat undid, or was undone by, matched by version; an undo comes within minutes. For
 * an event that stands for many, the one that stands for the others.
 */
export async function reversalsOf({ chain, action, at, details, standsFor }: ShownEvent): Promise<Reversals> {
  if (!action.startsWith("assignment.")) return { reverses: null, reversedBy: null };
  const { version, reverses } = details as { version: number; reverses?: number }; // `eventsOf` in assignment-events.ts wrote these details
  const ms = at.getTime();
  const [before, after] = await Promise.all([
    reverses === undefined
      ? null
      : seatEvent(chain, "version", reverses, { gte: new Date(ms - UNDO_MS), lte: at }),
    seatEvent(chain, "reverses", version, { gte: at, lte: new Date(ms + UNDO_MS) }),
  ]);
  const shown = (row: AuditRow | null) => row && shownFor(row, standsFor > 1);
  return { reverses: await shown(before), reversedBy: await shown(after) };
}

function seatEvent(
  chain: string,
  fact: "version" | "reverses",
  value: number,
  at: { gte: Date; lte: Date },
): Promise<AuditRow | null> {
  return store().db.auditEvent.findFirst({
    where: { chain, at, action: { startsWith: "assignment." }, details: { path: [fact], equals: value } },
  });
}

async function shownFor(row: AuditRow, isFolded: boolean): Promise<ShownEvent> {
  const shown = isFolded && row.standsFor === null ? await groupOf(row) : row;
  return { ...eventOf(shown), standsFor: isFolded ? (shown.standsFor ?? 1) : 1 };
}
