import { createHash } from "node:crypto";
import { parseEnvelope, symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { derived } from "@/server/store/secret";
import { store } from "@/server/store/store";

/** The first signs; what another one encrypted is still read. A version is a fingerprint, so it stays when one is rotated. */
export function versionedSecrets(): { version: number; value: string }[] {
  return store().secrets.map((secret) => {
    const key = derived(secret, "sessions");
    const version = createHash("sha256").update(key).digest().readUInt32BE();
    return { version, value: key.toString("base64") };
  });
}

/** Seals a text in the way in which Better Auth keeps the secrets of second factors. */
export function encryptForAuth(text: string): Promise<string> {
  return symmetricEncrypt({ key: secretConfig(), data: text });
}

/** After a change of the secret: seals every second factor again that only the previous one opens. Answers how many. */
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
