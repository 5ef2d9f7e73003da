import { createHash } from "node:crypto";

const DIGITS = 20;

/** The last 20 digits (0-9 A-Z) of a text's SHA-256 in base 36, as five groups of four. */
export function checkDigits(text: string): string {
  const hash = createHash("sha256").update(text).digest("hex");
  const digits = BigInt(`0x${hash}`).toString(36).toUpperCase().padStart(DIGITS, "0").slice(-DIGITS);
  return digits.replace(/(.{4})(?=.)/g, "$1-");
}
