import { createHash, randomBytes } from "node:crypto";

/** A token for a link that works once, and the hash that is stored of it. */
export function newLinkToken(): { token: string; hash: Uint8Array<ArrayBuffer> } {
  const token = randomBytes(24).toString("base64url");
  return { token, hash: hashOfLink(token) };
}

export function hashOfLink(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
