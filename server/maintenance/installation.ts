import { ensureSigningKey } from "@/server/keys/signing-keys";
import { noticeRestore, storeIdentity } from "@/server/restores/restores";
import { createDataKeys, dataKeys, INSTALLATION, rewrapDataKeys } from "@/server/secrets/data-keys";
import { resealSecondFactors } from "@/server/secrets/session-secrets";
import { keepSecret } from "@/server/store/secret";
import { store } from "@/server/store/store";

const EMPTY = new Uint8Array(32);

/** Creates what an installation needs once, notices a store that was restored elsewhere, and checks the secret. */
export async function prepareInstallation(now: Date): Promise<void> {
  const cameBack = await store().seen?.isBehind();
  const identity = await storeIdentity();
  const isNew = await store().db.$transaction(async (tx) => {
    const made = await tx.installation.createMany({
      data: [{ id: 1, ...identity, auditHead: EMPTY }],
      skipDuplicates: true,
    });
    await createDataKeys(tx, [INSTALLATION]);
    return made.count > 0;
  });
  await rewrapDataKeys();
  await resealSecondFactors();
  await dataKeys(INSTALLATION);
  keepSecretInUse();
  await ensureSigningKey(now);
  await noticeRestore(now, cameBack && !isNew);
  await store().seen?.note();
}

/** Only once the store has been opened with it. */
function keepSecretInUse(): void {
  const { secretFolder, secrets } = store();
  if (secretFolder && secrets[0]) keepSecret(secretFolder, secrets[0]);
}
