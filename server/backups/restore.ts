import { INSTALLATION, opensDataKey } from "@/server/secrets/data-keys";
import type { Env } from "@/server/store/env";
import { aloneOn } from "@/server/store/migrations";
import { type PlainTx, withTransactions } from "@/server/store/one-transaction";
import { findSecrets, type SecretSettings, storeSecret } from "@/server/store/secret";
import { readLines } from "./backup-file";
import { BackupDamaged, BEGINNING, type Beginning, parsedLine, SCHEMA, type Schema } from "./backup-lines";
import { emptySchema, migrationsOf } from "./empty-schema";
import { loadLines, nextLine } from "./load";

export type StoreSettings = SecretSettings & Pick<Env, "DATABASE_URL">;
/** A backup: its file, and the identity that decrypts it. */
export type Source = { path: string; identity: string };

/**
 * Fills the store of the settings with a backup, in one transaction: if anything is wrong, the store stays as it was.
 * Servers that start meanwhile wait. Returns when the backup was created, and how many rows it has.
 */
export async function restoreBackup(
  settings: StoreSettings,
  { path, identity }: Source,
  mayReplace = false,
): Promise<{ at: string; rows: number }> {
  const lines = readLines(path, identity);
  try {
    const { at, secret } = parsedLine(BEGINNING, await nextLine(lines));
    const schema = parsedLine(SCHEMA, await nextLine(lines));
    const migrations = migrationsOf(schema);
    const newSecret = await secretToStore(settings, secret, schema);
    const load = async (tx: PlainTx) => {
      const rows = await loadLines(tx, await emptySchema(tx, migrations, mayReplace), lines);
      if (newSecret) storeSecret(settings.DATA_DIR, newSecret);
      return rows;
    };
    const rows = await aloneIn(settings, () =>
      withTransactions(settings, (transaction) => transaction(load)),
    );
    return { at, rows };
  } catch (error) {
    if (!(error instanceof BackupDamaged)) throw error;
    throw new Error(`${path} can't be restored, and nothing was changed. ${error.message}`);
  } finally {
    await lines.return(undefined);
  }
}

function aloneIn<T>({ DATABASE_URL }: StoreSettings, work: () => Promise<T>): Promise<T> {
  return DATABASE_URL ? aloneOn(DATABASE_URL, work) : work();
}

/**
 * The secret that a folder without one gets from the backup; null if it has one. Refuses a backup that the secret of
 * the settings doesn't open, and one without a secret if there is none.
 */
async function secretToStore(
  settings: StoreSettings,
  secret: Beginning["secret"],
  schema: Schema,
): Promise<Buffer | null> {
  const known = await findSecrets(settings);
  if (known.some((each) => isOpenedBy(each, schema))) return null;
  if (known.length > 0)
    throw new Error(
      `${settings.SIGNET_SECRET ? "SIGNET_SECRET" : `The secret in ${settings.DATA_DIR}`} isn't the one that the backup was created with. Set SIGNET_SECRET to that one.`,
    );
  const held = secret && Buffer.from(secret, "base64");
  if (!held || !isOpenedBy(held, schema))
    throw new Error(
      "The backup doesn't hold the secret of its store. Set SIGNET_SECRET to it; for an embedded store it is the content of DATA_DIR/secret.",
    );
  return held;
}

function isOpenedBy(secret: Buffer, { keys }: Schema): boolean {
  return keys.every(({ purpose, wrapped }) =>
    opensDataKey(secret, Buffer.from(wrapped, "base64"), INSTALLATION, purpose),
  );
}
