/** One event as it stands in an audit chain, before it is hashed. */
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

type Foldable = Pick<AuditEntry, "at" | "actorKind" | "actor" | "action" | "details" | "requestId">;

/** Whether a list may show two events that follow each other as one: seats of one allotment, given or taken at once. */
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

/** The text that an event's hash covers, together with the hash before it: the members in fixed order, objects sorted. */
export function auditText(entry: AuditEntry, before: Uint8Array): string {
  const { chain, sequence, at, actorKind, actor, action, object, details, address, requestId } = entry;
  const previous = Array.from(before, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const members = [
    previous,
    chain,
    sequence,
    at.toISOString(),
    actorKind,
    actor,
    action,
    object,
    address,
    requestId,
  ];
  return JSON.stringify([...members, sorted(details)]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]),
  );
}
