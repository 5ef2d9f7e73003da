/** One event of an audit chain, before it is hashed. */
export type AuditEntry = {
  chain: string;
  sequence: number;
  at: Date;
  actorKind: string;
  actor: string;
  action: string;
  object: string;
  details: unknown;
  address: string | null;
  requestId: string | null;
};

/** All fields, in the order in which a hash covers them. */
export const AUDIT_FIELDS = [
  "chain",
  "sequence",
  "at",
  "actorKind",
  "actor",
  "action",
  "object",
  "address",
  "requestId",
  "details",
] as const satisfies readonly (keyof AuditEntry)[];

type Foldable = Pick<AuditEntry, "at" | "actorKind" | "actor" | "action" | "details" | "requestId">;

/**
 * How many events a list shows for each event of one write: the last of one change stands for all of it; the others,
 * null, aren't listed.
 */
export function foldEvents(events: readonly Foldable[]): (number | null)[] {
  let standing = 0;
  return events.map((event, index) => {
    standing += 1;
    const next = events[index + 1];
    if (next && isOfOneChange(event, next)) return null;
    const standsFor = standing;
    standing = 0;
    return standsFor;
  });
}

/** The events before one that lists don't show on their own: how many, and the last of them. */
export type Folded = { events: number; last: Foldable | null };

export const NOTHING_FOLDED: Folded = { events: 0, last: null };

/** The fold after an event; null if the event must not be folded into the one before. */
export function foldedInto(
  { events, last }: Folded,
  event: Foldable & { standsFor: number | null },
): Folded | null {
  if (last && !isOfOneChange(last, event)) return null;
  if (event.standsFor === null) return { events: events + 1, last: event };
  return event.standsFor === events + 1 ? NOTHING_FOLDED : null;
}

/** Whether a list may show two consecutive events as one: seats of one allotment, assigned or released at once. */
export function isOfOneChange(one: Foldable, other: Foldable): boolean {
  return (
    one.action.startsWith("assignment.") &&
    one.action === other.action &&
    one.at.getTime() === other.at.getTime() &&
    one.actorKind === other.actorKind &&
    one.actor === other.actor &&
    one.requestId === other.requestId &&
    allotmentOf(one) === allotmentOf(other)
  );
}

function allotmentOf({ details }: Foldable): unknown {
  return typeof details === "object" && details !== null && "allotment" in details ? details.allotment : null;
}

/** The text that an event's hash covers, together with the hash before it: the fields in fixed order, objects sorted. */
export function auditText(entry: AuditEntry, before: Uint8Array): string {
  const values = { ...entry, details: sorted(entry.details) };
  const previous = Buffer.from(before).toString("hex");
  return JSON.stringify([previous, ...AUDIT_FIELDS.map((field) => values[field])]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  if (isSortedAndFlat(value)) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]),
  );
}

/**
 * Whether sorting would change nothing: a plain object with sorted names and no objects inside. Bulk changes write
 * such details.
 */
function isSortedAndFlat(object: object): boolean {
  if (Object.getPrototypeOf(object) !== Object.prototype) return false;
  let before = "";
  for (const [name, member] of Object.entries(object)) {
    if (name < before || typeof member === "object") return false;
    before = name;
  }
  return true;
}
