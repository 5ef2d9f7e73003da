import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, CommanderError } from "commander";
import { createBackup, writeLines } from "@/server/backups/backup-file";
import { newBackupKeys } from "@/server/backups/backup-keys";
import type { Beginning } from "@/server/backups/backup-lines";
import { dumpFromServer } from "@/server/backups/backup-socket";
import { dumpedLines } from "@/server/backups/dump";
import { verifyBackup } from "@/server/maintenance/backup-check";
import { type Env, env } from "@/server/store/env";
import { withTransactions } from "@/server/store/one-transaction";
import { findSecrets } from "@/server/store/secret";
import { count } from "./count";

/** `folder` is where the command was called: file names are relative to it. */
export const backup = (folder: string) => (program: Command) => {
  program
    .command("backup")
    .description("write the whole store into an encrypted file; a server may run meanwhile")
    .argument("<file>", "the file to create")
    .option("--no-verify", "don't restore it into a temporary store and check that")
    .action(async (file: string, { verify }: { verify: boolean }) => {
      const { rows, broken } = await backUp(resolve(folder, file), verify);
      const size = `${(statSync(resolve(folder, file)).size / 1e6).toFixed(1)} MB`;
      if (rows === null) return void process.stdout.write(`${file} was created: ${size}, not verified.\n`);
      process.stdout.write(`${file} was created and verified: ${count(rows, "row")}, ${size}.\n`);
      if (broken.length === 0) return;
      process.stderr.write(`The store that it was made of fails a check: ${broken.join("; ")}.\n`);
      throw new CommanderError(1, "backup.broken", "The store fails a check.");
    });
};

export function backupKey(program: Command): void {
  program
    .command("backup-key")
    .description("create a key for backups: the recipient is for the server, the identity for a safe place")
    .action(async () => {
      const { identity, recipient } = await newBackupKeys();
      process.stdout.write(`BACKUP_RECIPIENT=${recipient}\nBACKUP_IDENTITY=${identity}\n`);
    });
}

/** The key of this run makes it possible to verify the file, since the server doesn't know the identity. */
async function backUp(path: string, wantsProof: boolean) {
  const settings = env();
  if (!settings.BACKUP_RECIPIENT)
    throw new Error('Set BACKUP_RECIPIENT, for example to one that "signet backup-key" creates.');
  if (existsSync(path)) throw new Error(`${path} exists already.`);
  const [secret] = await findSecrets(settings);
  if (!secret) throw new Error(`There is no store in ${settings.DATA_DIR}.`);
  const { identity, recipient } = await newBackupKeys();
  const recipients = [settings.BACKUP_RECIPIENT, ...(wantsProof ? [recipient] : [])];
  const beginning = beginningOf(settings, secret);
  let proof: { rows: number | null; broken: string[] } = { rows: null, broken: [] };
  await createBackup(
    path,
    (part) => withDump(settings, (lines) => writeLines(part, after(beginning, lines), recipients)),
    async (part) => {
      if (wantsProof) proof = await verifyBackup({ path: part, identity }, secret);
    },
  );
  return proof;
}

function beginningOf({ BACKUP_WITH_SECRET }: Env, secret: Buffer): Beginning {
  const held = BACKUP_WITH_SECRET ? { secret: secret.toString("base64") } : {};
  return { format: "signet-backup", version: 1, at: new Date().toISOString(), ...held };
}

async function* after(beginning: Beginning, lines: AsyncIterable<string>): AsyncGenerator<string> {
  yield `${JSON.stringify(beginning)}\n`;
  yield* lines;
}

/** The dump of an embedded store that a server holds comes from that server. */
async function withDump(
  settings: Env,
  write: (lines: AsyncIterable<string>) => Promise<void>,
): Promise<void> {
  const served = settings.DATABASE_URL ? null : await dumpFromServer(settings.DATA_DIR);
  if (served) return write(served);
  await withTransactions(settings, (transaction) => transaction((tx) => write(dumpedLines(tx))));
}
