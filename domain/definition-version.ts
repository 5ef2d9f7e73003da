import { createHash } from "node:crypto";
import type { Definition } from "@/domain/definition";

const DIGITS = 20;

/** The version of a definition, `XXXX-XXXX-XXXX-XXXX-XXXX` of 0-9 A-Z: SHA-256 of its canonical JSON, base 36, last 20 digits. */
export function definitionVersion(definition: Definition): string {
  const hash = createHash("sha256").update(canonicalJson(definition)).digest("hex");
  const digits = BigInt(`0x${hash}`).toString(36).toUpperCase().padStart(DIGITS, "0").slice(-DIGITS);
  return digits.replace(/(.{4})(?=.)/g, "$1-");
}

/** JSON with sorted members and without undefined ones, so that the order a store gives them back in is no change. */
function canonicalJson(content: unknown): string {
  return JSON.stringify(content, (_name, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
