import { randomUUID } from "node:crypto";
import { offlineDualUseRefusal } from "@/domain/dual-use";
import { type Definition, definitionFor } from "@/domain/licenses/definition";
import { checkoutEnd, portableDefinition, REPEAT_HOURS, type ShareWish } from "@/domain/offline/checkout";
import { type FieldError, Refusal } from "@/domain/refusals/refusal";
import { rejectionSentence } from "@/domain/refusals/seat-refusals";
import { type Checkout as CheckoutRow, type License as LicenseRow, Prisma } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { acceptedSources } from "@/server/dual-use/dual-use-requests";
import { activeKid } from "@/server/keys/signing-keys";
import { definitionOf, lockedLicense } from "@/server/licenses/license-definitions";
import { store, type Tx } from "@/server/store/store";
import { type SignedCheckout, signedCheckout } from "./checkout-document";
import { reserveShares, shareErrors } from "./checkout-reservations";

/** The wanted checkout. A product that asks again within a day gets the same one. */
export type NewCheckout = {
  product: string;
  /** The license's own number of days by default. */
  days?: number | undefined;
  source?: string | null | undefined;
  label?: string | undefined;
  /** The shares to reserve; null for the whole definition without a reservation. */
  shares?: ShareWish[] | null | undefined;
};

/** Issues a signed definition under the lock of its license. Throws `TOO_MANY_CHECKOUTS` and validation errors. */
export async function issueCheckout(
  number: string,
  wanted: NewCheckout,
  actor: Actor,
  now: Date,
): Promise<SignedCheckout> {
  const kid = await activeKid();
  const row = await store().db.$transaction(async (tx) => {
    const license = await lockedLicense(tx, number);
    refuseStatus(license);
    await refuseProduct(tx, license, wanted);
    const again = await repeated(tx, license, wanted, actor, now);
    return again ?? writeCheckout(tx, license, wanted, kid, actor, now);
  });
  return signedCheckout(row);
}

/** The checkout that the same key got for the same source, product and version within a day, if it can still be signed. */
async function repeated(
  tx: Tx,
  { number, version }: LicenseRow,
  { product, source = null }: NewCheckout,
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
    refuseFaulty(shareErrors(shares, definitionFor(definition, product)));
    const reservation = { checkout: id, source, since: now, until: expires };
    await reserveShares(tx, license, definition, shares, reservation);
  }
  const promised = shares?.map(({ allotment, units }) => `${allotment}: ${units}`) ?? null;
  const details = { product, version, source, label, shares: promised, expires: expires.toISOString() };
  await recordEvents(tx, number, actor, now, [{ action: "checkout.issued", object: id, details }]);
  if (!license.offlineSince) await tx.license.update({ where: { number }, data: { offlineSince: now } });
  return tx.checkout.create({
    data: {
      ...{ id, license: number, product, version, kid, source, label },
      shares: shares ?? Prisma.DbNull,
      definition: JSON.stringify(portableDefinition(definition, product, shares, license.whenOffline)),
      settings: settingsIn(license),
      ...{ issuedByKind: actor.kind, issuedBy: actor.id, issuedAt: now, expiresAt: expires },
    },
  });
}

/** The settings that a deployment follows, beside the definition. */
function settingsIn({ autoAssignProfessional, autoAssignAnalyzer, subjectMatching }: LicenseRow) {
  return { autoAssignProfessional, autoAssignAnalyzer, subjectMatching };
}

function endOf({ valid }: Definition, { graceDays, offlineDays }: LicenseRow, days: number, now: Date): Date {
  if (days > offlineDays) throw tooLong(offlineDays);
  const end = checkoutEnd(valid, now, days, graceDays);
  if (end > now) return end;
  throw new Refusal("LICENSE_NOT_VALID", rejectionSentence("LICENSE_NOT_VALID"));
}

function refuseFaulty(faults: FieldError[]): void {
  const [first] = faults;
  if (first) throw new Refusal("INVALID_BODY", `${first.pointer}: ${first.title}`, { faults });
}

function tooLong(most: number): Refusal {
  const title = `A signed definition of this license lasts at most ${most} days. An issuer can change that in the license's settings.`;
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

/** Refuses a license that isn't active. A product's own call was admitted already; a person's wasn't. */
function refuseStatus({ status }: LicenseRow): void {
  if (status === "revoked")
    throw new Refusal("LICENSE_REVOKED", "This license was revoked permanently. Create another one.");
  if (status === "suspended")
    throw new Refusal("LICENSE_SUSPENDED", "This license is suspended. Resume it first.");
}

/** A product that isn't the license's own gets a file only for a source that was accepted for dual use. */
async function refuseProduct(
  tx: Tx,
  { number, products }: LicenseRow,
  { product, source = null }: NewCheckout,
): Promise<void> {
  if (products.includes(product)) return;
  const accepted = await acceptedSources(tx, number, product);
  const refusal = offlineDualUseRefusal(product, source, accepted);
  if (refusal) throw refusal;
}
