import { keyTextIn } from "@/domain/pasted-key";
import { isUuid } from "@/domain/uuid";

/** The claims of a license key. The key is read in the browser, and its text is never sent. */
export type PastedKey = { jti: string; license: string };

const NUMBER = /^[0-9]{16}$/;
/**
 * Every JWT starts with `{"` in base64, and every Signet token with its prefix; names and numbers are never this long.
 */
const SECRET = /eyJ|sgn_|^\S{120,}$/;

/** Whether a text may be a credential, or part of one, and so must not be sent anywhere. */
export function isSecret(text: string): boolean {
  return SECRET.test(text.trim());
}

/**
 * Reads a key, ignoring text around it and line breaks in it; null if there is no key. The signature is not verified.
 */
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
