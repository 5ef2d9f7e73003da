import { CompactSign } from "jose";
import { PORTABLE_TYPE } from "@/domain/offline/portable-definition";
import type { Checkout as CheckoutRow } from "@/prisma/client/client";
import { signerOf } from "@/server/keys/signing-keys";
import { checkoutLogKey, offlineSalt } from "./offline-secrets";

/** The signed document of a checkout. */
export type SignedCheckout = { id: string; sld: string; expires: Date };

/** Signs a checkout. Throws `KEY_WITHDRAWN`. */
export async function signedCheckout(row: CheckoutRow): Promise<SignedCheckout> {
  return { id: row.id, sld: await documentOf(row), expires: row.expiresAt };
}

/**
 * The signed definition of a checkout, byte for byte the same every time: RS512 is deterministic, and everything
 * signed is in the row or derived from it.
 */
async function documentOf(row: CheckoutRow): Promise<string> {
  const { kid, privateKey } = await signerOf(row.kid);
  const jws = await new CompactSign(Buffer.from(await claimsOf(row)))
    .setProtectedHeader({ alg: "RS512", typ: PORTABLE_TYPE, kid })
    .sign(privateKey);
  return base64(JSON.stringify({ signedDef: { definition: base64(row.definition), jws } }));
}

/** The definition is inserted as its text, character by character. */
async function claimsOf(row: CheckoutRow): Promise<string> {
  const { id, license, version, product, source, issuedAt, expiresAt } = row;
  const head = JSON.stringify({ jti: id, license, version }).slice(0, -1);
  const tail = JSON.stringify({
    aud: product,
    ...(source === null ? {} : { source }),
    salt: (await offlineSalt(license)).toString("hex"),
    logKey: (await checkoutLogKey(license, id)).toString("hex"),
    ...(row.settings ? { settings: row.settings } : {}),
    iat: seconds(issuedAt),
    exp: seconds(expiresAt),
  }).slice(1);
  return `${head},"definition":${row.definition},${tail}`;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
