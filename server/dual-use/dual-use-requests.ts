import {
  DUAL_USE_STATES,
  type DualUseDecision,
  type DualUseState,
  decisionOn,
  offerWithRoom,
} from "@/domain/dual-use";
import { nothingHere } from "@/domain/refusals/refusal";
import { changedMeanwhile } from "@/domain/undo";
import type { Prisma, DualUseRequest as Row } from "@/prisma/client/client";
import { type Actor, isActorKind } from "@/server/access/actor";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { decodeCursor, type Page, type Position, pageOf, type Slice } from "@/server/store/cursor";
import { lockLicense } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { offersOf } from "./dual-use-offers";

/** The request of a deployment to join a license with a product that isn't the license's own, and the decision. */
export type DualUseRequest = {
  id: string;
  source: string;
  product: string;
  state: DualUseState;
  /** The reason for a rejection. */
  reason: string | null;
  /** The offer under which it is accepted. */
  offer: string | null;
  version: string | null;
  os: string | null;
  address: string | null;
  first: Date;
  last: Date;
  decided: Date | null;
  decidedBy: Pick<Actor, "kind" | "id"> | null;
};

/** The requests of a license: waiting ones first, and newest first among equals. */
export async function listDualUseRequests(
  license: string,
  { state, limit, cursor }: { state?: DualUseState } & Slice,
): Promise<Page<DualUseRequest>> {
  const filter = ["dual-use-requests", license, { state }];
  const rows = await store().db.dualUseRequest.findMany({
    where: { license, AND: [{ state }, after(decodeCursor(cursor, filter))] },
    orderBy: [{ state: "asc" }, { id: "desc" }],
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, (row) => ({ key: row.state, id: row.id }));
  return { items: page.items.map(requestOf), cursor: page.cursor };
}

/** The store sorts states in the order of declaration, which is that of `DUAL_USE_STATES`. */
function after(position: Position | null): Prisma.DualUseRequestWhereInput {
  const order: readonly string[] = DUAL_USE_STATES;
  const at = order.indexOf(position?.key ?? "");
  const state = DUAL_USE_STATES[at];
  if (!position || !state) return {};
  const later = DUAL_USE_STATES.slice(at + 1);
  return { OR: [{ state, id: { lt: position.id } }, { state: { in: later } }] };
}

export function countDualUseRequests(license: string): Promise<number> {
  return store().db.dualUseRequest.count({ where: { license } });
}

/** The products that deployments were accepted with. */
export async function acceptedProducts(license: string): Promise<string[]> {
  const where = { license, state: "accepted" as const };
  const groups = await store().db.dualUseRequest.groupBy({
    by: ["product"],
    where,
    orderBy: { product: "asc" },
  });
  return groups.map(({ product }) => product);
}

/** The sources that were accepted with a product. */
export async function acceptedSources(
  db: Pick<Tx, "dualUseRequest">,
  license: string,
  product: string,
): Promise<string[]> {
  const where = { license, product, state: "accepted" as const };
  const rows = await db.dualUseRequest.findMany({ where, select: { source: true } });
  return rows.map(({ source }) => source);
}

/** Accepts a deployment, from its next contact on. Throws `OFFER_ENDED` and `OFFER_FULL`. */
export function acceptDualUse(license: string, id: string, actor: Actor, now: Date): Promise<DualUseRequest> {
  return decide(license, id, { decision: "accepted", reason: null }, actor, now);
}

/** Rejects a deployment, which shows the reason. */
export function rejectDualUse(
  license: string,
  id: string,
  reason: string,
  actor: Actor,
  now: Date,
): Promise<DualUseRequest> {
  return decide(license, id, { decision: "rejected", reason }, actor, now);
}

/** Withdraws an acceptance: the deployment stops at its next contact; users keep their seats. */
export function withdrawDualUse(
  license: string,
  id: string,
  actor: Actor,
  now: Date,
): Promise<DualUseRequest> {
  return decide(license, id, { decision: "withdrawn", reason: null }, actor, now);
}

/** Withdraws the acceptances of a source, so that it holds no place on an offer; the caller records the audit events. */
export async function withdrawDualUseOf(
  tx: Tx,
  license: string,
  source: string,
  actor: Actor,
  now: Date,
): Promise<AuditEvent[]> {
  const where = { license, source, state: "accepted" as const };
  const rows = await tx.dualUseRequest.findMany({ where, orderBy: { id: "asc" } });
  const decided = { decidedAt: now, decidedKind: actor.kind, decidedBy: actor.id };
  await tx.dualUseRequest.updateMany({ where, data: { state: "withdrawn", ...decided } });
  return rows.map(({ product }) => ({
    action: "dual-use.withdrawn",
    object: source,
    details: { source, product, by: "forgetting" },
  }));
}

type Decided = { decision: DualUseDecision; reason: string | null };

/**
 * The same decision twice counts once; a request that was decided differently in the meantime is refused
 * (`CHANGED_MEANWHILE`).
 */
async function decide(
  license: string,
  id: string,
  { decision, reason }: Decided,
  actor: Actor,
  now: Date,
): Promise<DualUseRequest> {
  return store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    const row = await tx.dualUseRequest.findUnique({ where: { id } });
    if (row?.license !== license) throw nothingHere();
    const allowed = decisionOn(row.state, decision);
    if (allowed === "no" || (allowed === "same" && row.reason !== reason)) throw changedMeanwhile();
    if (allowed === "same") return requestOf(row);
    const offer = decision === "accepted" ? await roomFor(tx, row, now) : row.offer;
    await recordEvents(tx, license, actor, now, [eventOf(row, { decision, reason, offer })]);
    const decided = { decidedAt: now, decidedKind: actor.kind, decidedBy: actor.id };
    const data = { state: decision, reason, offer, ...decided };
    return requestOf(await tx.dualUseRequest.update({ where: { id }, data }));
  });
}

async function roomFor(tx: Tx, { license, product }: Row, now: Date): Promise<string> {
  return offerWithRoom(await offersOf(tx, license, product), now).id;
}

function eventOf(
  { source, product }: Row,
  { decision, reason, offer }: { decision: DualUseDecision; reason: string | null; offer: string | null },
): AuditEvent {
  const facts = decision === "rejected" ? { reason } : { offer };
  return { action: `dual-use.${decision}`, object: source, details: { source, product, ...facts } };
}

function requestOf({ firstAt, lastAt, decidedAt, decidedKind, decidedBy, ...row }: Row): DualUseRequest {
  const { id, source, product, state, reason, offer, version, os, address } = row;
  const by = decidedBy !== null && isActorKind(decidedKind) ? { kind: decidedKind, id: decidedBy } : null;
  const facts = { version, os, address, first: firstAt, last: lastAt };
  return { id, source, product, state, reason, offer, ...facts, decided: decidedAt, decidedBy: by };
}
