import type { Change, PatchResults } from "@/domain/assignments/assignment";
import type { AuditEvent } from "@/server/audit/audit";

const ACTIONS = {
  add: "assignment.added",
  delete: "assignment.released",
  name: "assignment.named",
} as const;

/**
 * One audit event for each addition and release; a day of use is none. Events are grouped by allotment, so that those
 * that a list shows as one are consecutive. Releases come before additions, except for assignments that only began
 * here: so the audit never counts more seats than were held.
 */
export function eventsOf({ changes }: Pick<PatchResults, "changes">, source: string): AuditEvent[] {
  const fresh = new Set(changes.flatMap(({ kind, row }) => (kind === "add" ? [row.instance] : [])));
  const placeOf = ({ kind, row }: Change) => {
    const turn = kind !== "delete" ? 1 : fresh.has(row.instance) ? 2 : 0;
    return `${turn} ${row.allotment}`;
  };
  return changes
    .flatMap((change) =>
      change.kind === "use" ? [] : [{ place: placeOf(change), event: eventOf(change, change.kind, source) }],
    )
    .sort((a, b) => (a.place < b.place ? -1 : Number(a.place > b.place)))
    .map(({ event }) => event);
}

function eventOf(
  { row: { instance, allotment, index, version, auto }, reverses }: Change,
  kind: keyof typeof ACTIONS,
  source: string,
): AuditEvent {
  const details = { allotment, auto, index, source, version };
  return { action: ACTIONS[kind], object: instance, details: reverses ? { ...details, reverses } : details };
}
