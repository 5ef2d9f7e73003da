import { keyTextIn } from "@/domain/pasted-key";
import { isUuid } from "@/domain/uuid";

/** What a license key says of itself. It is read here, in the browser, and its text goes nowhere. */
export type PastedKey = { jti: string; license: string };

const NUMBER = /^[0-9]{16}$/;
/** Every JWT begins with `{"` in base64, every token of ours with its mark; names and numbers are never so long. */
const SECRET = /eyJ|sgn_|^\S{120,}$/;

/** Whether a text may be a credential, or a part of one, and so must not be sent anywhere. */
export function isSecret(text: string): boolean {
  return SECRET.test(text.trim());
}

/** Reads a key with whatever was pasted around and into it; null for what is none. No signature is proved. */
export function readPastedKey(text: string): PastedKey | null {
  const claims = parsed(keyTextIn(text)?.split(".")[1] ?? "");
  if (typeof claims !== "object" || claims === null) return null;
  const { jti, license } = claims as Record<string, unknown>;
  if (typeof jti !== "string" || !isUuid(jti)) return null;
  return typeof license === "string" && NUMBER.test(license) ? { jti, license } : null;
}

function parsed(part: string): unknown {
  try {
    return JSON.parse(atob(part.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return null;
  }
}
