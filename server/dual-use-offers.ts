import { uuidv7 } from "uuidv7";
import { type OfferRoom, type OfferState, offerState } from "@/domain/dual-use";
import { dayOf } from "@/domain/month";
import { Refusal } from "@/domain/refusal";
import type { DualUseOffer as Row } from "@/prisma/client/client";
import { type Actor, recordDeeds } from "./audit";
import { nothingHere } from "./gate";
import { lockLicense } from "./locks";
import { store, type Tx } from "./store";
import { changedMeanwhile } from "./undo-seal";

/** What lets deployments of other products join a license, once an admin accepts each. */
export type DualUseOffer = OfferTerms & {
  id: string;
  products: string[];
  state: "open" | "withdrawn";
  /** Whether its last day has passed. */
  ended: boolean;
  /** How many deployments are accepted on it. */
  accepted: number;
  created: Date;
};

/** `until` is the last UTC day on which it can be accepted; null has no end, as null `deployments` are any number. */
export type OfferTerms = { deployments: number | null; until: string | null; note: string };

/** All offers of a license, newest first. */
export async function listDualUseOffers(license: string, now: Date): Promise<DualUseOffer[]> {
  const { db } = store();
  const rows = await db.dualUseOffer.findMany({ where: { license }, orderBy: { id: "desc" } });
  const accepted = await acceptedOn(db, license);
  return rows.map((row) => offerOf(row, accepted, now));
}

/** Offers dual use. A product of the license's own needs no offer, and an end that is past is none. */
export async function offerDualUse(
  license: string,
  { products, ...terms }: OfferTerms & { products: string[] },
  actor: Actor,
  now: Date,
): Promise<DualUseOffer> {
  return store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    const { products: own } = await tx.license.findUniqueOrThrow({ where: { number: license } });
    const offered = [...new Set(products)];
    refuseOwn(offered, own);
    refusePast(terms, now);
    const made = { createdAt: now, createdByKind: actor.kind, createdBy: actor.id };
    const data = { id: uuidv7(), license, products: offered, ...rowOf(terms), ...made };
    const row = await tx.dualUseOffer.create({ data });
    const details = { products: offered, ...detailsOf(terms) };
    await recordDeeds(tx, license, actor, now, [{ action: "dual-use.offered", object: row.id, details }]);
    return offerOf(row, new Map(), now);
  });
}

/**
 * Changes what can still be accepted on an offer; what was accepted stays. With `still` it is refused
 * (`CHANGED_MEANWHILE`) unless the terms are these now.
 */
export async function changeDualUseOffer(
  license: string,
  id: string,
  change: Partial<OfferTerms>,
  actor: Actor,
  now: Date,
  still?: OfferTerms,
): Promise<DualUseOffer> {
  return store().db.$transaction(async (tx) => {
    const row = await lockedOffer(tx, license, id);
    const before = termsOf(row);
    if (still && !areSame(still, before)) throw changedMeanwhile();
    if (row.withdrawnAt)
      throw new Refusal("OFFER_ENDED", "This offer was withdrawn and can't be changed. Create another one.");
    const after = { ...before, ...change };
    if (after.until !== before.until) refusePast(after, now);
    const accepted = await acceptedOn(tx, license);
    if (areSame(before, after)) return offerOf(row, accepted, now);
    const details = { products: row.products, before: detailsOf(before), after: detailsOf(after) };
    await recordDeeds(tx, license, actor, now, [{ action: "dual-use.offer-changed", object: id, details }]);
    return offerOf(await tx.dualUseOffer.update({ where: { id }, data: rowOf(after) }), accepted, now);
  });
}

/** Withdraws an offer, and with it every acceptance on it: those deployments stop at their next contact. */
export async function withdrawDualUseOffer(
  license: string,
  id: string,
  actor: Actor,
  now: Date,
): Promise<void> {
  await store().db.$transaction(async (tx) => {
    const row = await lockedOffer(tx, license, id);
    if (row.withdrawnAt) return;
    const stopped = await tx.dualUseRequest.findMany({
      where: { license, offer: id, state: "accepted" },
      orderBy: { id: "asc" },
    });
    await recordDeeds(tx, license, actor, now, [
      {
        action: "dual-use.offer-withdrawn",
        object: id,
        details: { products: row.products, deployments: stopped.length },
      },
      ...stopped.map(({ source, product }) => ({
        action: "dual-use.withdrawn" as const,
        object: source,
        details: { source, product, by: "offer" },
      })),
    ]);
    await tx.dualUseOffer.update({ where: { id }, data: { withdrawnAt: now } });
    const decided = { decidedAt: now, decidedKind: actor.kind, decidedBy: actor.id };
    await tx.dualUseRequest.updateMany({
      where: { id: { in: stopped.map((request) => request.id) } },
      data: { state: "withdrawn", ...decided },
    });
  });
}

/** The offers of a license that name a product, the oldest first, with what is accepted under each. */
export async function offersOf(tx: Tx, license: string, product: string): Promise<OfferRoom[]> {
  const rows = await tx.dualUseOffer.findMany({
    where: { license, products: { has: product } },
    orderBy: { id: "asc" },
  });
  const accepted = await acceptedOn(tx, license);
  return rows.map((row) => ({ ...roomOf(row), accepted: accepted.get(row.id) ?? 0 }));
}

/** How many deployments are accepted on each offer of a license. */
async function acceptedOn(tx: Pick<Tx, "dualUseRequest">, license: string): Promise<Map<string, number>> {
  const groups = await tx.dualUseRequest.groupBy({
    by: ["offer"],
    where: { license, state: "accepted" },
    _count: true,
  });
  return new Map(groups.flatMap(({ offer, _count }) => (offer ? [[offer, _count] as const] : [])));
}

async function lockedOffer(tx: Tx, license: string, id: string): Promise<Row> {
  await lockLicense(tx, license);
  const row = await tx.dualUseOffer.findUnique({ where: { id } });
  if (row?.license !== license) throw nothingHere();
  return row;
}

function offerOf(row: Row, accepted: Map<string, number>, now: Date): DualUseOffer {
  const state: OfferState = offerState(roomOf(row), now);
  return {
    id: row.id,
    products: row.products,
    ...termsOf(row),
    state: row.withdrawnAt ? "withdrawn" : "open",
    ended: state === "ended",
    accepted: accepted.get(row.id) ?? 0,
    created: row.createdAt,
  };
}

function roomOf(row: Row): Omit<OfferRoom, "accepted"> {
  const { until, deployments } = termsOf(row);
  return { id: row.id, deployments, until, isWithdrawn: row.withdrawnAt !== null };
}

function termsOf({ deployments, until, note }: Row): OfferTerms {
  return { deployments, until: until && dayOf(until), note };
}

function rowOf({ until, ...terms }: OfferTerms) {
  return { ...terms, until: until === null ? null : new Date(until) };
}

/** As the audit event has it. */
function detailsOf({ deployments, ...terms }: OfferTerms) {
  return { deployments: deployments ?? "any number", ...terms };
}

function areSame(one: OfferTerms, other: OfferTerms): boolean {
  return one.deployments === other.deployments && one.until === other.until && one.note === other.note;
}

function refuseOwn(products: string[], own: string[]): void {
  const index = products.findIndex((product) => own.includes(product));
  if (index >= 0)
    throw wrong(`/products/${index}`, `The license already covers ${products[index]}. Name another product.`);
}

function refusePast({ until }: OfferTerms, now: Date): void {
  if (offerState({ until, isWithdrawn: false }, now) === "ended")
    throw wrong("/until", "This day is in the past. Choose today, a later day or no end date.");
}

function wrong(pointer: string, title: string): Refusal {
  return new Refusal("INVALID_BODY", title, { faults: [{ code: "INVALID_VALUE", title, pointer }] });
}
