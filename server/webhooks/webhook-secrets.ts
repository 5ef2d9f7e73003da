import { randomBytes } from "node:crypto";
import { dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { decrypt, encrypt } from "@/server/secrets/encryption";

const SECRET_BYTES = 32;

/** A new signing secret as Standard Webhooks writes it. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}

export async function encryptSecret(webhook: string, secret: string): Promise<Uint8Array<ArrayBuffer>> {
  const { encryption } = await dataKeys(INSTALLATION);
  return new Uint8Array(encrypt(encryption, Buffer.from(secret), webhookContext(webhook)));
}

type Sealed = {
  id: string;
  secret: Uint8Array;
  previousSecret: Uint8Array | null;
  previousUntil: Date | null;
};

/** The secrets that sign now: the current one first, then the one before it until its end. */
export async function secretsOf(
  { id, secret, previousSecret, previousUntil }: Sealed,
  now: Date,
): Promise<string[]> {
  const { encryption } = await dataKeys(INSTALLATION);
  const isOverlap = previousSecret !== null && previousUntil !== null && previousUntil > now;
  const sealed = isOverlap ? [secret, previousSecret] : [secret];
  return sealed.map((bytes) => decrypt(encryption, bytes, webhookContext(id)).toString());
}

/** The context to which both encrypted secrets of a webhook are bound. */
export const webhookContext = (webhook: string) => `webhook|secret|${webhook}`;
