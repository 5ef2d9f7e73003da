import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { restoreBackup, type Source } from "@/server/backups/restore";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore } from "@/server/store/store";
import { PATIENT } from "@/server/store/store-connections";
import { runCheck } from "./check";

/**
 * Proves that a backup can be restored: into a temporary embedded store, which is then checked. Returns how many rows
 * the backup has, and which rules the store broke that it was made of. No store may be open in this process.
 */
export async function verifyBackup(
  source: Source,
  secret: Buffer,
): Promise<{ rows: number; broken: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "signet-backup-"));
  const settings = parseEnv({ DATA_DIR: join(folder, "data"), SIGNET_SECRET: secret.toString("base64") });
  try {
    const { rows } = await restoreBackup(settings, source);
    await openStore(settings, PATIENT);
    const checked = await runCheck().finally(closeStore);
    return { rows, broken: checked.filter((rule) => rule.broken > 0).map(({ rule }) => rule) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
