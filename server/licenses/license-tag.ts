import { createHash } from "node:crypto";
import { Refusal } from "@/domain/refusals/refusal";
import type { License } from "./licenses";

/** The tag that a caller knows, or several of which one must be current; null is any. */
export type Expected = string | readonly string[] | null;

/** Stands for all that a license tells of itself: it changes with every change of it. Its version stands for the definition. */
export function licenseTag({ definition: _, ...told }: License): string {
  return tagOf(told);
}

/** A tag that is another one when any of what it stands for is. */
export function tagOf(told: unknown): string {
  return createHash("sha256").update(JSON.stringify(told)).digest("base64url").slice(0, 27);
}

export function isExpected(expected: Expected, current: string): boolean {
  return expected === null || [expected].flat().includes(current);
}

export function otherLicense(etag: string): Refusal {
  return new Refusal(
    "VERSION_MISMATCH",
    `The license was changed in the meantime: its ETag is now "${etag}". Read it, compare, and try again.`,
    { etag },
  );
}

export function otherDefinition(version: string): Refusal {
  return new Refusal(
    "VERSION_MISMATCH",
    `The definition in force is now ${version}. Read it, compare, and try again.`,
    { etag: version },
  );
}
