import { createHash } from "node:crypto";

/** The tag that a caller has seen, or several of which one must be current; null means any. */
export type Expected = string | readonly string[] | null;

/** A tag that changes if any of its parts does. */
export function tagOf(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 27);
}

export function isExpected(expected: Expected, current: string): boolean {
  return expected === null || [expected].flat().includes(current);
}
