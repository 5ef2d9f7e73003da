import type { KeyObject } from "node:crypto";
import { errors, type JWTVerifyGetKey, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import type { Checkpoint } from "@/domain/audit-checkpoint";

/** Nothing else that the installation signs has this type. */
const TYPE = "audit-checkpoint+jwt";

/** The claims: `chains` has the number of the last event of each chain, and the hash of that event in hex. */
const CLAIMS = z.object({
  iss: z.string(),
  iat: z.int().nonnegative(),
  chains: z.record(z.string(), z.tuple([z.int().positive(), z.string().regex(/^[0-9a-f]{64}$/)])),
});

/** What is wrong with a text, as the second half of a sentence. */
export const CHECKPOINT_ERRORS = {
  form: "isn't a checkpoint",
  signer: "is signed by a key that isn't in the key set: it belongs to another installation, or is forged",
  signature: "was changed after it was signed, or is forged",
  installation: "belongs to another installation",
} as const;

export type CheckpointError = keyof typeof CHECKPOINT_ERRORS;

/** A checkpoint as a JWT (RFC 7519) of the signing key. */
export function signCheckpoint(
  { installation, at, ends }: Checkpoint,
  { kid, privateKey }: { kid: string; privateKey: KeyObject },
): Promise<string> {
  const chains = Object.fromEntries(ends.map(({ chain, sequence, hash }) => [chain, [sequence, hash]]));
  return new SignJWT({ chains })
    .setProtectedHeader({ alg: "RS512", typ: TYPE, kid })
    .setIssuer(installation)
    .setIssuedAt(at)
    .sign(privateKey);
}

/** The checkpoint of a text that a key of the key set signed for this installation, or what is wrong with the text. */
export async function provenCheckpoint(
  text: string,
  keys: JWTVerifyGetKey,
  installation: string,
): Promise<Checkpoint | CheckpointError> {
  try {
    const wanted = { algorithms: ["RS512"], typ: TYPE };
    const { payload } = await jwtVerify(text.trim(), keys, wanted);
    const { iss, iat, chains } = CLAIMS.parse(payload);
    if (iss !== installation) return "installation";
    const ends = Object.entries(chains).map(([chain, [sequence, hash]]) => ({ chain, sequence, hash }));
    return { installation, at: new Date(iat * 1000), ends };
  } catch (error) {
    return errorFor(error);
  }
}

function errorFor(error: unknown): CheckpointError {
  if (error instanceof errors.JWKSNoMatchingKey) return "signer";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature";
  return "form";
}
