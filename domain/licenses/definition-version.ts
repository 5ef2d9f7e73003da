import { checkDigits } from "@/domain/check-digits";
import type { Definition } from "./definition";

/** The version of a definition: the check digits of its canonical JSON, five groups of four. */
export function definitionVersion(definition: Definition): string {
  return checkDigits(canonicalJson(definition));
}

/**
 * JSON with sorted members and without undefined ones, so that the order in which a store returns them makes no
 * difference.
 */
function canonicalJson(content: unknown): string {
  return JSON.stringify(content, (_name, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
