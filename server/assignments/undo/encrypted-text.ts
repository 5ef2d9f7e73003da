import { UNDO_MS } from "@/domain/undo";
import type { Actor } from "@/server/access/actor";
import { decrypt, encrypt } from "@/server/secrets/encryption";
import { derived } from "@/server/store/secret";
import { store } from "@/server/store/store";

type Encrypted = { until: number; words: string };

/** Encrypts a sentence for a person, whose browser keeps it while the change can be undone: it may name a subject. */
export function encryptText(words: string, actor: Actor, now: Date): string {
  const [secret] = store().secrets;
  if (!secret) throw new Error("There is no secret.");
  const content: Encrypted = { until: now.getTime() + UNDO_MS, words };
  return encrypt([keyOf(secret)], Buffer.from(JSON.stringify(content)), contextOf(actor)).toString(
    "base64url",
  );
}

/** Decrypts the result of `encryptText` for the same person; null for anything else, or when it is too old. */
export function decryptText(sealed: string, actor: Actor, now: Date): string | null {
  const [text] = store().secrets.flatMap((secret) => opened(secret, sealed, actor) ?? []);
  if (!text) return null;
  // Only this installation can encrypt, so `encryptText` wrote the text.
  const { until, words } = JSON.parse(text) as Encrypted;
  return now.getTime() > until ? null : words;
}

function opened(secret: Buffer, sealed: string, actor: Actor): string | null {
  try {
    return decrypt([keyOf(secret)], Buffer.from(sealed, "base64url"), contextOf(actor)).toString();
  } catch {
    return null;
  }
}

function keyOf(secret: Buffer): Buffer {
  return derived(secret, "words");
}

function contextOf({ kind, id }: Actor): string {
  return `words|${kind}|${id}`;
}
