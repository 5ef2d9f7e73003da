import { randomUUID } from "node:crypto";
import {
  type CheckoutState,
  checkoutEnd,
  checkoutState,
  portableDefinition,
  REPEAT_HOURS,
  type ShareWish,
} from "@/domain/checkout";
import { type Definition, definitionFor } from "@/domain/definition";
import { type Fault, Refusal } from "@/domain/refusal";
import { type Checkout as CheckoutRow, type License as LicenseRow, Prisma } from "@/prisma/client/client";
import { type Actor, recordDeeds } from "./audit";
import { checkoutDocument } from "./checkout-document";
import { releaseShares, reserveShares, shareFaults } from "./checkout-reservations";
import { nothingHere } from "./gate";
import { definitionOf, lockedLicense } from "./license-definitions";
import { lockLicense } from "./locks";
import { activeKid } from "./signing-keys";
import { store, type Tx } from "./store";

/** A signed definition that was issued for a site without a network. */
export type Checkout = {
  id: string;
  license: string;
  product: string;
  version: string;
  /** Null where the site chooses its own. */
  source: string | null;
  label: string;
  /** Null when nothing is reserved for it. */
  shares: ShareWish[] | null;
  state: CheckoutState;
  issued: Date;
  issuedBy: Pick<Actor, "kind" | "id">;
  expires: Date;
  returned: Date | null;
  returnedReason: string | null;
};

/** The document of a checkout. */
export type SignedCheckout = { id: string; sld: string; expires: Date };

/** What is asked for. A product that asks again within a day gets the same. */
export type NewCheckout = {
  product: string;
  /** The license's own number of days unless it is named. */
  days?: number;
  source: string | null;
  label?: string;
  /** What is reserved for it; null for the whole definition beside the others. */
  shares?: ShareWish[] | null;
};

/** Issues a signed definition under the lock of its license; refuses `TOO_MANY_CHECKOUTS` and what isn't valid. */
export async function issueCheckout(
  number: string,
  wanted: NewCheckout,
  actor: Actor,
  now: Date,
): Promise<SignedCheckout> {
  const kid = await activeKid();
  const row = await store().db.$transaction(async (tx) => {
    const license = await lockedLicense(tx, number);
    refuseStatus(license, wanted.product);
    const again = await repeated(tx, license, wanted, actor, now);
    return again ?? writeCheckout(tx, license, wanted, kid, actor, now);
  });
  return signed(row);
}

/** The checkouts of a license, the newest first. */
export async function listCheckouts(license: string, now: Date): Promise<Checkout[]> {
  const rows = await store().db.checkout.findMany({
    where: { license },
    orderBy: [{ issuedAt: "desc" }, { id: "desc" }],
  });
  return rows.map((row) => checkoutOf(row, now));
}

/** One checkout of a license, with what its logs need; null for one that isn't there or is of another license. */
export async function findCheckout(license: string, id: string, now: Date): Promise<Checkout | null> {
  const row = await store().db.checkout.findUnique({ where: { id } });
  return row?.license === license ? checkoutOf(row, now) : null;
}

/** The license that a checkout is of. */
export async function licenseOfCheckout(id: string): Promise<string> {
  return (await checkoutRow(id)).license;
}

/** Signs a checkout again, byte for byte the same, and writes that down; refuses `CHECKOUT_OVER` and `KEY_WITHDRAWN`. */
export async function downloadCheckout(id: string, actor: Actor, now: Date): Promise<SignedCheckout> {
  const row = await checkoutRow(id);
  refuseOver(row, now);
  const document = await signed(row);
  await store().db.$transaction((tx) =>
    recordDeeds(tx, row.license, actor, now, [{ action: "checkout.downloaded", object: id }]),
  );
  return document;
}

/** Marks a checkout as returned: what it reserved is free again. Refuses `CHECKOUT_OVER`. */
export async function returnCheckout(id: string, reason: string, actor: Actor, now: Date): Promise<void> {
  const { license } = await checkoutRow(id);
  await store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    refuseOver(await tx.checkout.findUniqueOrThrow({ where: { id } }), now);
    await recordDeeds(tx, license, actor, now, [
      { action: "checkout.returned", object: id, details: { reason } },
    ]);
    await releaseShares(tx, license, id);
    await tx.checkout.update({ where: { id }, data: { returnedAt: now, returnedReason: reason } });
  });
}

async function checkoutRow(id: string): Promise<CheckoutRow> {
  const row = await store().db.checkout.findUnique({ where: { id } });
  if (!row) throw nothingHere();
  return row;
}

function checkoutOf(row: CheckoutRow, now: Date): Checkout {
  const { id, license, product, version, source, label, expiresAt: expires, returnedAt: returned } = row;
  return {
    id,
    license,
    product,
    version,
    source,
    label,
    // It was checked when it was written.
    shares: row.shares as ShareWish[] | null,
    state: checkoutState({ expires, returned }, now),
    issued: row.issuedAt,
    issuedBy: { kind: row.issuedByKind as Actor["kind"], id: row.issuedBy },
    expires,
    returned,
    returnedReason: row.returnedReason,
  };
}

async function signed(row: CheckoutRow): Promise<SignedCheckout> {
  return { id: row.id, sld: await checkoutDocument(row), expires: row.expiresAt };
}

/** What the same key got for the same source, product and version within a day, and can still be signed. */
async function repeated(
  tx: Tx,
  { number, version }: LicenseRow,
  { product, source }: NewCheckout,
  { kind, id }: Actor,
  now: Date,
): Promise<CheckoutRow | null> {
  if (kind !== "product") return null;
  const since = new Date(now.getTime() - REPEAT_HOURS * 3_600_000);
  const row = await tx.checkout.findFirst({
    where: {
      license: number,
      ...{ issuedByKind: kind, issuedBy: id, source, product, version },
      ...{ issuedAt: { gt: since }, expiresAt: { gt: now }, returnedAt: null },
    },
    orderBy: { issuedAt: "desc" },
  });
  const signer = row && (await tx.signingKey.findUnique({ where: { kid: row.kid } }));
  return signer?.status === "withdrawn" ? null : row;
}

async function writeCheckout(
  tx: Tx,
  license: LicenseRow,
  wanted: NewCheckout,
  kid: string,
  actor: Actor,
  now: Date,
): Promise<CheckoutRow> {
  const { number, version } = license;
  const { product, label = "", days = license.offlineDays, shares = null } = wanted;
  const definition = await definitionOf(tx, license.definitionId);
  const expires = endOf(definition, license, days, now);
  await refuseTooMany(tx, license, now);
  const id = randomUUID();
  const source = wanted.source ?? (shares ? randomUUID() : null);
  if (shares && source) {
    refuseFaulty(shareFaults(shares, definitionFor(definition, product)));
    const reservation = { checkout: id, source, since: now, until: expires };
    await reserveShares(tx, license, definition, shares, reservation);
  }
  const promised = shares?.map(({ allotment, units }) => `${allotment}: ${units}`) ?? null;
  const details = { product, version, source, label, shares: promised, expires: expires.toISOString() };
  await recordDeeds(tx, number, actor, now, [{ action: "checkout.issued", object: id, details }]);
  if (!license.offlineSince) await tx.license.update({ where: { number }, data: { offlineSince: now } });
  return tx.checkout.create({
    data: {
      ...{ id, license: number, product, version, kid, source, label },
      shares: shares ?? Prisma.DbNull,
      definition: JSON.stringify(portableDefinition(definition, product, shares)),
      settings: settingsIn(license),
      ...{ issuedByKind: actor.kind, issuedBy: actor.id, issuedAt: now, expiresAt: expires },
    },
  });
}

/** What a site goes by beside the definition. */
function settingsIn({ autoAssignProfessional, autoAssignAnalyzer, subjectMatching }: LicenseRow) {
  return { autoAssignProfessional, autoAssignAnalyzer, subjectMatching };
}

function endOf({ valid }: Definition, { graceDays, offlineDays }: LicenseRow, days: number, now: Date): Date {
  if (days > offlineDays) throw tooLong(offlineDays);
  const end = checkoutEnd(valid, now, days, graceDays);
  if (end > now) return end;
  throw new Refusal(
    "LICENSE_NOT_VALID",
    "This license has ended, with its grace days. An issuer can extend it in its definition.",
  );
}

function refuseFaulty(faults: Fault[]): void {
  const [first] = faults;
  if (first) throw new Refusal("INVALID_BODY", `${first.pointer}: ${first.title}`, { faults });
}

function tooLong(most: number): Refusal {
  const title = `A signed definition of this license lasts ${most} days at most. An issuer can change that in the license's settings.`;
  const faults = [{ code: "INVALID_VALUE", title, pointer: "/days" }];
  return new Refusal("INVALID_BODY", `/days: ${title}`, { faults });
}

async function refuseTooMany(tx: Tx, { number, maxCheckouts }: LicenseRow, now: Date): Promise<void> {
  if (maxCheckouts === null) return;
  const out = await tx.checkout.count({
    where: { license: number, returnedAt: null, expiresAt: { gt: now } },
  });
  if (out < maxCheckouts) return;
  throw new Refusal(
    "TOO_MANY_CHECKOUTS",
    `This license can have ${maxCheckouts} signed definitions out at a time. Mark one as returned, or ask the vendor to raise the limit.`,
  );
}

/** A product's own call was admitted already; a person's was not. */
function refuseStatus({ status, products }: LicenseRow, product: string): void {
  if (status === "revoked")
    throw new Refusal("LICENSE_REVOKED", "This license was revoked, for good. Create another one.");
  if (status === "suspended")
    throw new Refusal("LICENSE_SUSPENDED", "This license is suspended. Resume it first.");
  if (!products.includes(product))
    throw new Refusal("PRODUCT_NOT_LICENSED", `This license does not cover ${product}.`);
}

function refuseOver({ expiresAt: expires, returnedAt: returned }: CheckoutRow, now: Date): void {
  const state = checkoutState({ expires, returned }, now);
  if (state === "out") return;
  throw new Refusal(
    "CHECKOUT_OVER",
    `This signed definition ${state === "returned" ? "was returned" : "has expired"}. Download a new one.`,
  );
}
