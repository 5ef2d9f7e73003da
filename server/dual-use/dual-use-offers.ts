import { uuidv7 } from "uuidv7";
import { type OfferRoom, offerState } from "@/domain/dual-use";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { changedMeanwhile } from "@/domain/undo";
import type { DualUseOffer as Row } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { decodeCursor, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { type Expected, isExpected } from "@/server/store/entity-tag";
import { lockLicense } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import {
  areSame,
  type DualUseOffer,
  detailsOf,
  type OfferTerms,
  offerOf,
  offerTag,
  roomOf,
  rowOf,
  termsOf,
} from "./dual-use-terms";

/** The offers of a license, newest first. */
export async function listDualUseOffers(
  license: string,
  { limit, cursor }: Slice,
  now: Date,
): Promise<Page<DualUseOffer>> {
  const { db } = store();
  const filter = ["dual-use-offers", license];
  const rows = await db.dualUseOffer.findMany({
    where: { license, id: { lt: decodeCursor(cursor, filter)?.id } },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ id }) => ({ key: null, id }));
  const accepted = await acceptedOn(db, license);
  return { items: page.items.map((row) => offerOf(row, accepted, now)), cursor: page.cursor };
}

/** The offers under which requests can be accepted now, newest first. */
export async function openDualUseOffers(license: string, now: Date): Promise<DualUseOffer[]> {
  const { db } = store();
  const rows = await db.dualUseOffer.findMany({
    where: { license, withdrawnAt: null },
    orderBy: { id: "desc" },
  });
  const accepted = await acceptedOn(db, license);
  return rows.map((row) => offerOf(row, accepted, now)).filter(({ state }) => state === "open");
}

export async function dualUseOfferById(license: string, id: string, now: Date): Promise<DualUseOffer> {
  const { db } = store();
  const row = await db.dualUseOffer.findUnique({ where: { id } });
  if (row?.license !== license) throw nothingHere();
  return offerOf(row, await acceptedOn(db, license), now);
}

/** Creates an offer of dual use. Refuses a product of the license's own, and an end in the past. */
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
    await recordEvents(tx, license, actor, now, [{ action: "dual-use.offered", object: row.id, details }]);
    return offerOf(row, new Map(), now);
  });
}

/** The caller's state: the terms, or the tag of the offer. */
type Known = { still?: OfferTerms; expected?: Expected };

/**
 * Changes the terms for later acceptances on an offer; accepted deployments stay. Throws if the offer has changed
 * since the caller saw it: `CHANGED_MEANWHILE` for terms, `VERSION_MISMATCH` for a tag.
 */
export async function changeDualUseOffer(
  license: string,
  id: string,
  change: Partial<OfferTerms>,
  actor: Actor,
  now: Date,
  { still, expected = null }: Known = {},
): Promise<DualUseOffer> {
  return store().db.$transaction(async (tx) => {
    const row = await lockedOffer(tx, license, id);
    const before = termsOf(row);
    const accepted = await acceptedOn(tx, license);
    const current = offerOf(row, accepted, now);
    if (still && !areSame(still, before)) throw changedMeanwhile();
    if (!isExpected(expected, offerTag(current))) throw otherOffer(current);
    if (row.withdrawnAt)
      throw new Refusal("OFFER_ENDED", "This offer was withdrawn and can't be changed. Create another one.");
    const after = { ...before, ...change };
    if (after.until !== before.until) refusePast(after, now);
    if (areSame(before, after)) return current;
    const details = { products: row.products, before: detailsOf(before), after: detailsOf(after) };
    await recordEvents(tx, license, actor, now, [{ action: "dual-use.offer-changed", object: id, details }]);
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
    await recordEvents(tx, license, actor, now, [
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

/** The offers of a license that name a product, oldest first, with the number accepted under each. */
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

function otherOffer(offer: DualUseOffer): Refusal {
  return new Refusal(
    "VERSION_MISMATCH",
    "The offer was changed in the meantime. Read it, look at the difference, and try again.",
    { etag: offerTag(offer) },
  );
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
