import type { Command } from "commander";
import { withStore } from "./with-store";

export function sample(program: Command): void {
  program.command("sample").action(async () => {
    await withStore(async () => {});
  });
}
