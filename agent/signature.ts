import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from "jose";
import type { z } from "zod";
import { type BackendProblem, Unanswered } from "./backend-problem";
import { parsedJson } from "./json";
import type { License, Pins } from "./state";
import { type Claims, claims, type keySet, portable } from "./wire";

/** The claims that a signed definition of this deployment must have. */
export type Expected = { license: string; product: string };

const TYPE = "license-definition+jwt";

/** The signed text within a portable definition. */
export function jwsIn(sld: string): string {
  const read = portable.safeParse(parsedJson(Buffer.from(sld, "base64").toString("utf8")));
  if (!read.success) throw unproven("it has no signed definition");
  return read.data.signedDef.jws;
}

/** The kid of the signer; refuses every other kind of text. */
export function signerOf(jws: string): string {
  const { alg, typ, kid } = headerOf(jws);
  if (alg !== "RS512" || typ !== TYPE || typeof kid !== "string")
    throw unproven("its definition's signature algorithm isn't the one that Signet uses");
  return kid;
}

/** Verifies a signed definition with a pinned key, and reads it. The signature's own time isn't checked. */
export async function provenDefinition(jws: string, pins: Pins, expected: Expected): Promise<Claims> {
  const pin = pins[signerOf(jws)];
  if (!pin) throw unproven("its definition is signed by a key unknown to this agent");
  const key = await importJWK(pin.jwk, "RS512");
  const payload = await compactVerify(jws, key, { algorithms: ["RS512"] }).then(
    (verified) => verified.payload,
    () => null,
  );
  if (!payload) throw unproven("the signature of its definition is wrong");
  const read = claims.safeParse(parsedJson(new TextDecoder().decode(payload)));
  if (!read.success) throw unproven("its signed definition can't be read");
  if (read.data.license !== expected.license || (read.data.aud ?? expected.product) !== expected.product)
    throw unproven("its definition is signed for another license or product");
  return read.data;
}

/**
 * The pins plus the keys that the backend shows now. A different key under a known kid is refused: a kid never
 * changes its key.
 */
export async function learnedPins(pins: Pins, shown: z.infer<typeof keySet>): Promise<Pins> {
  const learned = { ...pins };
  for (const { kid, kty, n, e } of shown.keys) {
    const jwk = { kty, n, e };
    const thumbprint = await calculateJwkThumbprint(jwk);
    const known = learned[kid];
    if (known && known.thumbprint !== thumbprint)
      throw unproven(
        `it shows a different key under the known ID ${kid}: something may be intercepting the connection`,
      );
    learned[kid] = { thumbprint, jwk };
  }
  return learned;
}

/** Verifies a stored license by its signed text, from which its definition is read; null if that fails. */
export async function provenLicense(license: License, pins: Pins, product: string): Promise<License | null> {
  return provenDefinition(license.jws, pins, { license: license.number, product }).then(
    ({ definition, version }) => ({ ...license, definition, version }),
    () => null,
  );
}

export function leaseEndOf({ exp }: Claims): number {
  return exp * 1000;
}

function headerOf(jws: string) {
  try {
    return decodeProtectedHeader(jws);
  } catch {
    throw unproven("it has no signed definition");
  }
}

export function unproven(what: string): Unanswered {
  const problem: BackendProblem = {
    kind: "signature",
    words: `The backend's answer was not accepted, because ${what}. The previous definition stays in force.`,
  };
  return new Unanswered(problem);
}
