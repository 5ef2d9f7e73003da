import { randomBytes, timingSafeEqual } from "node:crypto";
import { statSync } from "node:fs";
import { type Deed, recordDeeds, SYSTEM } from "./audit";
import { createDataKeys, dataKeys, INSTALLATION, rewrapDataKeys } from "./data-keys";
import { hashOfLink, newLinkToken } from "./link-tokens";
import { resealSecondFactors } from "./session-secrets";
import { ensureSigningKey } from "./signing-keys";
import { store, type Tx } from "./store";

const SETUP_TOKEN_MS = 3_600_000;
const EMPTY = new Uint8Array(32);

/** Makes what an installation needs once, notices a store that was restored elsewhere, and checks the secret. */
export async function prepareInstallation(now: Date): Promise<void> {
  const fingerprint = await storeFingerprint();
  await store().db.$transaction(async (tx) => {
    await tx.installation.createMany({
      data: [{ id: 1, fingerprint, auditHead: EMPTY }],
      skipDuplicates: true,
    });
    await createDataKeys(tx, INSTALLATION);
  });
  await rewrapDataKeys();
  await resealSecondFactors();
  await dataKeys(INSTALLATION);
  await ensureSigningKey(now);
  await noticeRestore(fingerprint, now);
}

/** A new epoch makes every deployment take a full snapshot, because versions may mean other changes now. */
export async function beginEpoch(now: Date): Promise<void> {
  await store().db.$transaction((tx) => moveEpoch(tx, now));
}

async function moveEpoch(tx: Tx, now: Date): Promise<void> {
  const epoch = newEpoch();
  const deed: Deed = { action: "installation.restored", object: INSTALLATION, details: { epoch } };
  await recordDeeds(tx, INSTALLATION, SYSTEM, now, [deed]);
  await tx.roster.updateMany({ data: { epoch } });
}

export function newEpoch(): string {
  return randomBytes(6).toString("hex");
}

async function noticeRestore(fingerprint: string, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    const moved = await tx.installation.updateMany({
      where: { id: 1, fingerprint: { not: fingerprint } },
      data: { fingerprint },
    });
    if (moved.count > 0) await moveEpoch(tx, now);
  });
}

/** What changes when a store comes back from a backup: the database's identity and timeline, or the folder's inode. */
async function storeFingerprint(): Promise<string> {
  if (store().kind === "embedded") return folderFingerprint(store().place);
  const [row] = await store().db.$queryRaw<{ id: string }[]>`
    SELECT concat_ws('/', s.system_identifier, c.timeline_id, d.oid) AS id
    FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d WHERE d.datname = current_database()`;
  return row?.id ?? "";
}

function folderFingerprint(folder: string): string {
  if (folder === "memory://") return folder;
  const { dev, ino, birthtimeMs } = statSync(/* turbopackIgnore: true */ `${folder}/pg/global/pg_control`);
  return `${dev}/${ino}/${birthtimeMs}`;
}

/** A token for the one-time link that creates the first owner, or null when there is an owner. Valid for an hour. */
export async function offerSetup(now: Date): Promise<string | null> {
  const { db } = store();
  if ((await db.user.count({ where: { role: "owner" } })) > 0) return null;
  const { token, hash } = newLinkToken();
  const setupExpires = new Date(now.getTime() + SETUP_TOKEN_MS);
  await db.installation.update({ where: { id: 1 }, data: { setupHash: hash, setupExpires } });
  return token;
}

/** Whether a set-up token is the one that was printed last, and still in time. */
export async function setupTokenHolds(token: string, now: Date): Promise<boolean> {
  const row = await store().db.installation.findUnique({ where: { id: 1 } });
  if (!row?.setupHash || !row.setupExpires || row.setupExpires <= now) return false;
  return timingSafeEqual(row.setupHash, hashOfLink(token));
}

/** Uses the token up: of two that come at once, one gets true. */
export async function takeSetupToken(token: string, now: Date): Promise<boolean> {
  const taken = await store().db.installation.updateMany({
    where: { id: 1, setupHash: hashOfLink(token), setupExpires: { gt: now } },
    data: { setupHash: null, setupExpires: null },
  });
  return taken.count === 1;
}
