import { resolve } from "node:path";
import type { Command } from "commander";
import { restoreBackup } from "@/server/backups/restore";
import { env } from "@/server/store/env";
import { count } from "./count";
import { withStore } from "./with-store";

/** `folder` is where the command was called: file names are relative to it. */
export const restore = (folder: string) => (program: Command) => {
  program
    .command("restore")
    .description("fill an empty store with a backup; stop every server first")
    .argument("<file>", "the backup")
    .option("--replace", "drop everything that the store has")
    .action(async (file: string, { replace = false }: { replace?: boolean }) => {
      const settings = env();
      const { BACKUP_IDENTITY: identity } = settings;
      if (!identity) throw new Error("Set BACKUP_IDENTITY to the identity of the backup's recipient.");
      const { at, rows } = await restoreBackup(settings, { path: resolve(folder, file), identity }, replace);
      await withStore(async () => {}); // Migrates the store, and marks it as restored.
      process.stdout.write(
        `The backup of ${at} was restored: ${count(rows, "row")}. A new epoch has begun: every deployment takes a full snapshot with its next sync.\n`,
      );
    });
};
