import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from "jose";
import type { Definition } from "@/domain/licenses/definition";

/** The claims of a signed definition for a deployment without a network; times are in seconds. */
export type PortableClaims = {
  /** The id of the checkout. */
  jti: string;
  license: string;
  version: string;
  definition: Definition;
  /** The code of the product. */
  aud: string;
  source?: string;
  /** The keys of the subject hashes and of the logs' chains: 64 hex digits each. */
  salt: string;
  logKey: string;
  iat: number;
  exp: number;
};

export type PortableError =
  | "UNREADABLE"
  | "WRONG_TYPE"
  | "UNKNOWN_SIGNER"
  | "WRONG_SIGNATURE"
  | "EDITED"
  | "OTHER_LICENSE"
  | "OTHER_PRODUCT"
  | "EXPIRED";

/** The conditions under which a document is read; without a license or product any one is accepted. */
export type PortableReader = { now: Date; license?: string; product?: string };

/** Online agents refuse this type, so it can't extend a lease. */
export const PORTABLE_TYPE = "license-offline+jwt";

/** The problems of a file, in words for the person who has it. */
export const PORTABLE_ERRORS: Record<PortableError, string> = {
  UNREADABLE: "This isn't a signed definition. Download it again, and don't edit the file.",
  WRONG_TYPE:
    "This document isn't for a deployment without a network. Use Download signed definition in the console.",
  UNKNOWN_SIGNER:
    "It is signed by a key that isn't in the key set. The signing key was withdrawn, or the key set is outdated or from another installation.",
  WRONG_SIGNATURE: "The signature doesn't match: the file was changed after it was signed.",
  EDITED: "The readable part differs from the signed one: the file was changed after it was signed.",
  OTHER_LICENSE: "This signed definition is for another license.",
  OTHER_PRODUCT: "This signed definition is for another product.",
  EXPIRED: "This signed definition has expired. Download a new one.",
};

type Parts = { definition: string; jws: string };

/** Verifies a signed definition with a JWK Set alone, without a network; returns its claims, or what is wrong with it. */
export async function verifyPortable(
  sld: string,
  keys: readonly JWK[],
  reader: PortableReader,
): Promise<PortableClaims | PortableError> {
  const parts = partsOf(sld);
  const header = parts && headerOf(parts.jws);
  if (!parts || !header) return "UNREADABLE";
  if (header.alg !== "RS512" || header.typ !== PORTABLE_TYPE) return "WRONG_TYPE";
  const key = keys.find(({ kid, kty }) => kid !== undefined && kid === header.kid && kty === "RSA");
  if (!key) return "UNKNOWN_SIGNER";
  const claims = await provenClaims(parts.jws, key);
  if (!claims) return "WRONG_SIGNATURE";
  if (!isSame(parts.definition, claims.definition)) return "EDITED";
  return errorFor(claims, reader) ?? claims;
}

function errorFor(claims: PortableClaims, { now, license, product }: PortableReader): PortableError | null {
  if (license !== undefined && claims.license !== license) return "OTHER_LICENSE";
  if (product !== undefined && claims.aud !== product) return "OTHER_PRODUCT";
  return claims.exp * 1000 <= now.getTime() ? "EXPIRED" : null;
}

/** Decodes base64, also with the line breaks of a mail. */
function partsOf(sld: string): Parts | null {
  const outer = jsonIn(sld);
  const parts = isRecord(outer) ? outer.signedDef : null;
  if (!isRecord(parts)) return null;
  const { definition, jws } = parts;
  return typeof definition === "string" && typeof jws === "string" ? { definition, jws } : null;
}

function headerOf(jws: string) {
  try {
    return decodeProtectedHeader(jws);
  } catch {
    return null;
  }
}

/** A payload signed by this key has the form that Signet gives it. */
async function provenClaims(jws: string, key: JWK): Promise<PortableClaims | null> {
  try {
    const { payload } = await compactVerify(jws, await importJWK(key, "RS512"), { algorithms: ["RS512"] });
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return null;
  }
}

function isSame(beside: string, signed: Definition): boolean {
  return JSON.stringify(jsonIn(beside)) === JSON.stringify(signed);
}

function jsonIn(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, "base64").toString("utf8"));
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
