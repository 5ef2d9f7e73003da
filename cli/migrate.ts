import type { Command } from "commander";
import { store } from "@/server/store/store";
import { withStore } from "./with-store";

export function migrate(program: Command): void {
  program
    .command("migrate")
    .description("migrate the store to this version, then stop")
    .action(async () => {
      const place = await withStore(async () => store().place);
      process.stdout.write(`The store in ${place} is up to date.\n`);
    });
}
