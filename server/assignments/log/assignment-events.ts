import type { Change, PatchResults, Rejected } from "@/domain/assignments/assignment";
import { originOf } from "@/domain/events/audited-events";
import type { EventData } from "@/domain/events/cloud-event";
import { rejectionSentence } from "@/domain/refusals/seat-refusals";
import type { AuditEvent, Link } from "@/server/audit/audit";
import { encryptedEventSubject, type OutboxRow } from "@/server/events/outbox";
import type { DataKeys } from "@/server/secrets/data-keys";

const ACTIONS = {
  add: "assignment.added",
  delete: "assignment.released",
  name: "assignment.named",
} as const;

/**
 * One audit event for each addition, release and change of user; a day of use is none, nor is another alias. Events
 * are grouped by allotment, so that those that a list shows as one are consecutive. Releases come before additions,
 * except for assignments that only began here: so the audit never counts more seats than were held.
 */
export function eventsOf({ changes }: Pick<PatchResults, "changes">, source: string): AuditEvent[] {
  const fresh = new Set(changes.flatMap(({ kind, row }) => (kind === "add" ? [row.instance] : [])));
  const placeOf = ({ kind, row }: Change) => {
    const turn = kind !== "delete" ? 1 : fresh.has(row.instance) ? 2 : 0;
    return `${turn} ${row.allotment}`;
  };
  return changes
    .flatMap((change) => {
      if (change.kind === "use" || change.kind === "alias") return [];
      return [{ place: placeOf(change), event: eventOf(change, change.kind, source) }];
    })
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

/** The data of the event of a rejection; its subject is encrypted apart. */
export function rejectionData(license: string, source: string, { allotment, code }: Rejected): EventData {
  return {
    type: allotment,
    origin: originOf(source),
    license,
    source,
    code,
    message: rejectionSentence(code),
  };
}

/** The subject of each changed assignment, by instance. */
export function subjectsOf({ changes }: PatchResults): ReadonlyMap<string, string> {
  return new Map(changes.map(({ row, subject }) => [row.instance, subject ?? row.subject]));
}

/** The event that programs get of an audited change, with its subject. */
export function publishedOf(
  license: string,
  { encryption }: DataKeys,
  { published, object }: Link,
  subjects: ReadonlyMap<string, string>,
): OutboxRow[] {
  if (!published) return [];
  const subject = subjects.get(object);
  if (subject === undefined) return [published];
  return [{ ...published, subject: encryptedEventSubject(encryption, license, published.id, subject) }];
}
