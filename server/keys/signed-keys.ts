import { LRUCache } from "lru-cache";
import { Refusal } from "@/domain/refusals/refusal";
import { type ParsedKey, parseKey, verifyKey } from "@/domain/signed-key";
import { perProcess } from "@/server/store/per-process";
import { publicKeyOf } from "./signing-keys";

const MAX_PROVEN = 20_000;

const proven = () => perProcess("proven-keys", () => new LRUCache<string, ParsedKey>({ max: MAX_PROVEN }));

/** The key of a text that `proveKey` verified lately, without a wait. */
export function provenKeyOf(text: string): ParsedKey | undefined {
  return proven().get(text);
}

/**
 * Verifies a key by its signature alone. Whether it was revoked is in the store, and is read with every request. A
 * proof is cached only for the exact canonical text.
 */
export async function proveKey(text: string): Promise<ParsedKey> {
  const key = parseKey(text);
  const publicKey = key && (await publicKeyOf(key.kid));
  if (!publicKey || !(await verifyKey(text, publicKey))) throw invalidKey();
  proven().set(text, key);
  return key;
}

/** The same refusal for every invalid key, so that nothing can be learned from it. */
export function invalidKey(): Refusal {
  return new Refusal(
    "INVALID_KEY",
    "The signed license key is missing or not valid. Send the whole key as `Authorization: Bearer <key>`.",
  );
}
