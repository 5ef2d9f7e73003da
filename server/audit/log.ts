import type { AuditEntry } from "@/domain/audit-chain";
import { nothingHere } from "@/domain/refusals/refusal";
import type { AuditEvent as AuditRow, Prisma } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import {
  behind,
  decodeCursor,
  type Keyset,
  literal,
  type Page,
  type Position,
  pageOf,
  type Slice,
} from "@/server/store/cursor";
import { reading, store } from "@/server/store/store";
import { chainScope } from "./scope";
import { actorsCalled, objectsCalled } from "./search";

export type ListedEvent = AuditEntry & { id: string };

/** An event with its own hash and that of the one before it, in hexadecimal; the first event has none before it. */
export type ChainedEvent = ListedEvent & { hash: string; before: string | null };

/** An event as a list shows it: on its own, or as the last of the events folded into it. */
export type ShownEvent = ListedEvent & { standsFor: number };

/** An event in its chain, and the one that a list shows for it, which may be itself. */
export type PlacedEvent = ChainedEvent & { standing: { id: string; standsFor: number } };

export type AuditFilter = {
  /** A license number or `installation`. */
  chain?: string;
  /** The id of the actor. */
  actor?: string;
  /** A part of the actor's name, or the id. */
  who?: string;
  actorKind?: Actor["kind"];
  /** A whole action, or a noun like `license` for all of its actions. */
  action?: string;
  /** The id of the object. */
  object?: string;
  /** A part of the object's name, or the id. */
  on?: string;
  from?: Date;
  to?: Date;
  /** The id of an event that stands for others: finds those, and itself. */
  within?: string;
};

/** Audit events, one by one, newest first, as far as the principal may see them. */
export async function listAudit(
  principal: Principal,
  asked: AuditFilter & Slice,
): Promise<Page<ListedEvent>> {
  const { items, cursor } = await pageOfRows(principal, asked, {});
  return { items: items.map(eventOf), cursor };
}

/** Audit events for people: changes of many seats at once are one row, unless the filter is about single events. */
export async function listShown(principal: Principal, asked: AuditFilter & Slice): Promise<Page<ShownEvent>> {
  const { items, cursor } = await pageOfRows(principal, asked, shown(asked));
  const isFolded = folds(asked);
  return {
    items: items.map((row) => ({ ...eventOf(row), standsFor: isFolded ? (row.standsFor ?? 1) : 1 })),
    cursor,
  };
}

/** Whether a list folds simultaneous events; not if the filter asks for single ones. */
export function folds({ object, on, within }: AuditFilter): boolean {
  return object === undefined && on === undefined && within === undefined;
}

function shown(filter: AuditFilter): Prisma.AuditEventWhereInput {
  return folds(filter) ? { standsFor: { not: null } } : {};
}

async function pageOfRows(
  principal: Principal,
  { limit, cursor, ...filter }: AuditFilter & Slice,
  only: Prisma.AuditEventWhereInput,
): Promise<Page<AuditRow>> {
  const asked = ["audit", filter, only];
  const position = decodeCursor(cursor, asked);
  const scope = [await chainScope(principal), await conditions(filter), only];
  if (filter.chain !== undefined) return chainPage(scope, limit, asked, position);
  const rows = await reading().db.auditEvent.findMany({
    where: { AND: [...scope, behind(position, LATEST)] },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  return pageOf(rows, limit, asked, ({ at, id }) => ({ key: at.toISOString(), id }));
}

/** A single chain is read by sequence, which has an index: events of other licenses cost it nothing. */
async function chainPage(
  scope: Prisma.AuditEventWhereInput[],
  limit: number,
  asked: unknown,
  position: Position | null,
): Promise<Page<AuditRow>> {
  const before = position ? [{ sequence: { lt: BigInt(position.id) } }] : [];
  const rows = await reading().db.auditEvent.findMany({
    where: { AND: [...scope, ...before] },
    orderBy: { sequence: "desc" },
    take: limit + 1,
  });
  return pageOf(rows, limit, asked, ({ sequence }) => ({ key: null, id: String(sequence) }));
}

/** How many events, as the same list shows them, came after a given one; counts up to `most`. */
export async function countNewer(
  principal: Principal,
  { after, most, ...filter }: AuditFilter & { after: string; most: number },
): Promise<number> {
  const last = await auditEvent(principal, after);
  const scope = [await chainScope(principal), await conditions(filter), shown(filter)];
  const newer = filter.chain
    ? { sequence: { gt: BigInt(last.sequence) } }
    : { OR: [{ at: { gt: last.at } }, { at: last.at, id: { gt: last.id } }] };
  const rows = await reading().db.auditEvent.findMany({
    where: { AND: [...scope, newer] },
    select: { id: true },
    take: most,
  });
  return rows.length;
}

/** One event with its place in the chain and the event that stands for it; 404 if the principal may not see it. */
export async function auditEvent(principal: Principal, id: string): Promise<PlacedEvent> {
  const row = await store().db.auditEvent.findFirst({
    where: { AND: [{ id }, await chainScope(principal)] },
  });
  if (!row) throw nothingHere();
  const before = await store().db.auditEvent.findUnique({
    where: { chain_sequence: { chain: row.chain, sequence: row.sequence - 1n } },
    select: { hash: true },
  });
  const standing = row.standsFor === null ? await groupOf(row) : row;
  return {
    ...eventOf(row),
    hash: hex(row.hash),
    before: before && hex(before.hash),
    standing: { id: standing.id, standsFor: standing.standsFor ?? 1 },
  };
}

/** The next event in the chain that isn't folded. */
export function groupOf({ chain, sequence }: AuditRow): Promise<AuditRow> {
  return store().db.auditEvent.findFirstOrThrow({
    where: { chain, sequence: { gt: sequence }, standsFor: { not: null } },
    orderBy: { sequence: "asc" },
  });
}

const LATEST: Keyset<Prisma.AuditEventWhereInput> = {
  direction: "desc",
  onKey: (at) => ({ at }),
  onId: (id) => ({ id }),
};

async function conditions({
  chain,
  actor,
  who,
  actorKind,
  action,
  object,
  on,
  from,
  to,
  within,
}: AuditFilter): Promise<Prisma.AuditEventWhereInput> {
  const [actors, objects, change] = await Promise.all([
    who && actorsCalled(who),
    on && objectsCalled(on),
    within ? eventsWithin(within) : {},
  ]);
  return {
    chain,
    actor,
    actorKind,
    object,
    action: action && !action.includes(".") ? { startsWith: `${literal(action)}.` } : action,
    at: { gte: from, lt: to },
    AND: [actors ? { actor: { in: actors } } : {}, objects ? { object: { in: objects } } : {}, change],
  };
}

async function eventsWithin(id: string): Promise<Prisma.AuditEventWhereInput> {
  const last = await store().db.auditEvent.findUnique({ where: { id } });
  if (!last) return { id };
  const { chain, sequence, standsFor } = last;
  return { chain, sequence: { gt: sequence - BigInt(standsFor ?? 1), lte: sequence } };
}

export function eventOf({ hash: _, standsFor: __, sequence, ...event }: AuditRow): ListedEvent {
  return { ...event, sequence: Number(sequence) };
}

export function hex(hash: Uint8Array): string {
  return Buffer.from(hash).toString("hex");
}
