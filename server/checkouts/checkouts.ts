import { type CheckoutState, checkoutState, type ShareWish } from "@/domain/offline/checkout";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import type { Checkout as CheckoutRow, Prisma } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { behind, decodeCursor, type Keyset, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { lockLicense } from "@/server/store/locks";
import { store } from "@/server/store/store";
import { type SignedCheckout, signedCheckout } from "./checkout-document";
import { releaseShares } from "./checkout-reservations";

/** A signed definition that was issued for a deployment without a network. */
export type Checkout = {
  id: string;
  license: string;
  product: string;
  version: string;
  /** The source of the deployment; null if the deployment chooses its own. */
  source: string | null;
  label: string;
  /** The reserved shares; null if nothing is reserved. */
  shares: ShareWish[] | null;
  state: CheckoutState;
  issued: Date;
  issuedBy: Pick<Actor, "kind" | "id">;
  expires: Date;
  returned: Date | null;
  returnedReason: string | null;
};

const NEWEST_FIRST: Keyset<Prisma.CheckoutWhereInput> = {
  direction: "desc",
  onKey: (issuedAt) => ({ issuedAt }),
  onId: (id) => ({ id }),
};

/** The checkouts of a license, newest first. */
export async function listCheckouts(
  license: string,
  { limit, cursor }: Slice,
  now: Date,
): Promise<Page<Checkout>> {
  const filter = ["checkouts", license];
  const rows = await store().db.checkout.findMany({
    where: { license, ...behind(decodeCursor(cursor, filter), NEWEST_FIRST) },
    orderBy: [{ issuedAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ issuedAt, id }) => ({ key: issuedAt.toISOString(), id }));
  return { items: page.items.map((row) => checkoutOf(row, now)), cursor: page.cursor };
}

/** How many checkouts a license has, and how many of them are out. */
export async function checkoutCounts(license: string, now: Date): Promise<{ all: number; out: number }> {
  const { checkout } = store().db;
  const [all, out] = await Promise.all([
    checkout.count({ where: { license } }),
    checkout.count({ where: { license, returnedAt: null, expiresAt: { gt: now } } }),
  ]);
  return { all, out };
}

/** One checkout of a license, with the keys for its logs; null if it doesn't exist or belongs to another license. */
export async function findCheckout(license: string, id: string, now: Date): Promise<Checkout | null> {
  const row = await store().db.checkout.findUnique({ where: { id } });
  return row?.license === license ? checkoutOf(row, now) : null;
}

/** The license of a checkout. */
export async function licenseOfCheckout(id: string): Promise<string> {
  return (await checkoutRow(id)).license;
}

/** Signs a checkout again, byte for byte the same, and records that. Throws `CHECKOUT_OVER` and `KEY_WITHDRAWN`. */
export async function downloadCheckout(id: string, actor: Actor, now: Date): Promise<SignedCheckout> {
  const row = await checkoutRow(id);
  refuseOver(row, now);
  const document = await signedCheckout(row);
  await store().db.$transaction((tx) =>
    recordEvents(tx, row.license, actor, now, [{ action: "checkout.downloaded", object: id }]),
  );
  return document;
}

/** Marks a checkout as returned and releases its shares. Throws `CHECKOUT_OVER`. */
export async function returnCheckout(id: string, reason: string, actor: Actor, now: Date): Promise<void> {
  const { license } = await checkoutRow(id);
  await store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    refuseOver(await tx.checkout.findUniqueOrThrow({ where: { id } }), now);
    await recordEvents(tx, license, actor, now, [
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
    // The shares were validated when they were written.
    shares: row.shares as ShareWish[] | null,
    state: checkoutState({ expires, returned }, now),
    issued: row.issuedAt,
    issuedBy: { kind: row.issuedByKind as Actor["kind"], id: row.issuedBy },
    expires,
    returned,
    returnedReason: row.returnedReason,
  };
}

function refuseOver({ expiresAt: expires, returnedAt: returned }: CheckoutRow, now: Date): void {
  const state = checkoutState({ expires, returned }, now);
  if (state === "out") return;
  throw new Refusal(
    "CHECKOUT_OVER",
    `This signed definition ${state === "returned" ? "was returned" : "has expired"}. Download a new one.`,
  );
}
