import type { Command } from "commander";
import { beginEpoch } from "@/server/restores/restores";
import { withStore } from "./with-store";

export function restored(program: Command): void {
  program
    .command("restored")
    .description(
      "run this after restoring the store from a backup: every deployment then takes a full snapshot",
    )
    .action(async () => {
      await withStore(() => beginEpoch(new Date()));
      process.stdout.write(
        "A new epoch has begun: every deployment takes a full snapshot with its next sync.\n",
      );
    });
}
