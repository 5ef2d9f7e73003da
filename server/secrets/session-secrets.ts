import { createHash } from "node:crypto";
import { parseEnvelope, symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { derived } from "@/server/store/secret";
import { store } from "@/server/store/store";

/**
 * The first secret signs; data that another one encrypted can still be read. A version is a fingerprint, so it stays
 * when one is rotated.
 */
export function versionedSecrets(): { version: number; value: string }[] {
  return store().secrets.map((secret) => {
    const key = derived(secret, "sessions");
    const version = createHash("sha256").update(key).digest().readUInt32BE();
    return { version, value: key.toString("base64") };
  });
}

/** Encrypts a text in the way that Better Auth stores the secrets of second factors. */
export function encryptForAuth(text: string): Promise<string> {
  return symmetricEncrypt({ key: secretConfig(), data: text });
}

/** After a change of the secret: encrypts again every second factor that only the previous one opens. Returns how many. */
export async function resealSecondFactors(): Promise<number> {
  if (store().secrets.length < 2) return 0;
  const { twoFactor } = store().db;
  const stale = (await twoFactor.findMany()).filter(({ secret }) => !isCurrent(secret));
  for (const { id, secret, backupCodes } of stale) {
    const data = { secret: await resealed(secret), backupCodes: await resealed(backupCodes) };
    await twoFactor.updateMany({ where: { id, secret, backupCodes }, data });
  }
  return stale.length;
}

function secretConfig() {
  const versions = versionedSecrets();
  const [current] = versions;
  if (!current) throw new Error("There is no secret.");
  const keys = new Map(versions.map(({ version, value }) => [version, value]));
  return { keys, currentVersion: current.version };
}

function isCurrent(sealed: string): boolean {
  return parseEnvelope(sealed)?.version === secretConfig().currentVersion;
}

async function resealed(text: string): Promise<string> {
  return encryptForAuth(await symmetricDecrypt({ key: secretConfig(), data: text }));
}
