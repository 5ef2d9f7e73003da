import type { KeyObject } from "node:crypto";
import { CompactSign, compactVerify } from "jose";

/** The claims of a signed license key: its own id and the 16-digit number of its license. */
export type KeyClaims = { jti: string; license: string };

export type ParsedKey = KeyClaims & { kid: string; text: string };

const LONGEST = 4096;
const THREE_PARTS = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const HEADER = { alg: /^RS512$/, typ: /^JWT$/, kid: UUID };
const CLAIMS = { jti: UUID, license: /^[0-9]{16}$/ };

/**
 * Parses the one canonical text of a key, without verifying its signature; null for every other text. JWT libraries
 * accept several texts as one key (RFC 8725bis), so white space, padding, slack bits, additional or repeated members,
 * and JSON other than `JSON.stringify` writes are refused.
 */
export function parseKey(text: string): ParsedKey | null {
  if (text.length > LONGEST) return null;
  const [, head = "", body = "", signature = ""] = THREE_PARTS.exec(text) ?? [];
  if (!isCanonical(signature)) return null;
  const header = parseMembers(head, HEADER);
  const claims = parseMembers(body, CLAIMS);
  return header && claims && { jti: claims.jti, license: claims.license, kid: header.kid, text };
}

/** Signs a key. RS512 is deterministic: the same claims, kid and private key always give the same text. */
export function issueKey(
  { jti, license }: KeyClaims,
  kid: string,
  privateKey: CryptoKey | KeyObject,
): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify({ jti, license })))
    .setProtectedHeader({ alg: "RS512", typ: "JWT", kid })
    .sign(privateKey);
}

/** Whether a text is a canonical key whose signature was made with this public key's private key. */
export async function verifyKey(text: string, publicKey: CryptoKey | KeyObject): Promise<boolean> {
  if (!parseKey(text)) return false;
  return compactVerify(text, publicKey, { algorithms: ["RS512"] }).then(
    () => true,
    () => false,
  );
}

/** Whether the part has no padding and no slack bits (RFC 4648, sections 3.2 and 3.5). */
function isCanonical(part: string): boolean {
  return part !== "" && Buffer.from(part, "base64url").toString("base64url") === part;
}

/** The members of a part that has exactly the expected ones, in any order, each in its form. */
function parseMembers<Name extends string>(
  part: string,
  forms: Record<Name, RegExp>,
): Record<Name, string> | null {
  const json = Buffer.from(part, "base64url").toString("utf8");
  if (Buffer.from(json, "utf8").toString("base64url") !== part) return null;
  const members = parseJson(json);
  // Repeated members, escapes and white space don't survive a second stringify.
  if (JSON.stringify(members) !== json) return null;
  return hasForms(members, forms) ? members : null;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function hasForms<Name extends string>(
  members: unknown,
  forms: Record<Name, RegExp>,
): members is Record<Name, string> {
  if (typeof members !== "object" || members === null || Array.isArray(members)) return false;
  const expected = new Map<string, RegExp>(Object.entries(forms));
  const found = Object.entries(members);
  return (
    found.length === expected.size &&
    found.every(([name, value]) => typeof value === "string" && expected.get(name)?.test(value))
  );
}
