import { type ChainEnd, checkpointName, isCheckpointLate } from "@/domain/audit-checkpoint";
import { activeSigner } from "@/server/keys/signing-keys";
import { dataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { env } from "@/server/store/env";
import { log } from "@/server/store/log";
import { reasonText } from "@/server/store/reason-text";
import { mac } from "@/server/store/secret";
import { store } from "@/server/store/store";
import type { CheckpointArchive } from "./archive";
import { archiveOf } from "./configured-archive";
import { signCheckpoint } from "./signed-checkpoint";

/** A checkpoint so young isn't followed by another one: the job also runs at every start of a server. */
const FRESH_MS = 45 * 60_000;
const ID_LENGTH = 32;

/** Writes a checkpoint of every audit chain to where the settings say, if they say so. A failure is tried again. */
export async function keepCheckpoints(
  now: Date,
  archive: CheckpointArchive | null = archiveOf(env()),
): Promise<void> {
  if (!archive) return;
  const { installation } = store().db;
  const { checkpointAt: last } = await installation.findUniqueOrThrow({ where: { id: 1 } });
  if (last && Math.abs(now.getTime() - last.getTime()) < FRESH_MS) return;
  try {
    await writeCheckpoint(archive, now);
  } catch (error) {
    log().error({ reason: reasonText(error) }, "the checkpoint of the audit couldn't be written");
    throw error;
  }
  await installation.update({ where: { id: 1 }, data: { checkpointAt: now } });
}

/** When the last checkpoint was written, null if none was; undefined if none are to be written. */
export async function lastCheckpoint(settings = env()): Promise<Date | null | undefined> {
  if (!settings.AUDIT_CHECKPOINTS) return undefined;
  const { checkpointAt } = await store().db.installation.findUniqueOrThrow({ where: { id: 1 } });
  return checkpointAt;
}

/** When the last checkpoint was written, if checkpoints are to be written and the next one is late; else null. */
export async function lateCheckpoint(now: Date, settings = env()): Promise<{ last: Date | null } | null> {
  const last = await lastCheckpoint(settings);
  return last !== undefined && isCheckpointLate(last, now) ? { last } : null;
}

async function writeCheckpoint(archive: CheckpointArchive, at: Date): Promise<void> {
  const [installation, ends, signer] = await Promise.all([installationId(), chainEnds(), activeSigner()]);
  await archive.write(checkpointName(at), await signCheckpoint({ installation, at, ends }, signer));
}

/** A name of the installation that only it can compute, and that stays the same through restores and rotations. */
export async function installationId(): Promise<string> {
  const { mac: key } = await dataKeys(INSTALLATION);
  return mac(key, "audit checkpoints").toString("hex").slice(0, ID_LENGTH);
}

/** The ends of all chains at one moment. Temporary copies are left out: their chains end with them. */
async function chainEnds(): Promise<ChainEnd[]> {
  const rows = await store().db.$queryRaw<{ chain: string; sequence: bigint; hash: string }[]>`
    SELECT r.license AS chain, r.audit_sequence AS sequence, encode(r.audit_head, 'hex') AS hash
    FROM roster r JOIN license l ON l.number = r.license
    WHERE r.audit_sequence > 0 AND l.copy_ends IS NULL
    UNION ALL SELECT ${INSTALLATION}, audit_sequence, encode(audit_head, 'hex')
    FROM installation WHERE audit_sequence > 0`;
  return rows.map(({ sequence, ...row }) => ({ ...row, sequence: Number(sequence) }));
}
