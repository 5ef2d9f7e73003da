import type { Command } from "commander";
import { SYSTEM } from "@/server/access/actor";
import { rotationStatus, startRotation } from "@/server/key-rotation/key-rotation";
import { findDataKeys } from "@/server/secrets/data-keys";
import { count } from "./count";
import { readNumber } from "./read-number";
import { withStore } from "./with-store";

type Options = { license?: string; status?: true };

export function rotateKeys(program: Command): void {
  program
    .command("rotate-keys")
    .description("replace the encryption keys of all data; running servers do it in the background")
    .option("--license <number>", "replace only the key of this license", readNumber)
    .option("--status", "only say how many keys are being replaced")
    .action(async (options: Options) => {
      process.stdout.write(`${await withStore(() => (options.status ? status() : start(options)))}\n`);
    });
}

async function start({ license = null }: { license?: string | null }): Promise<string> {
  const started = await startRotation(license, SYSTEM, new Date());
  if (started > 0) return `${count(started, "key")} will be replaced. ${await status()}`;
  if (license) await known(license);
  return `Nothing was started. ${await status()}`;
}

async function known(license: string): Promise<void> {
  if (!(await findDataKeys(license))) throw new Error(`License ${license} doesn't exist.`);
}

async function status(): Promise<string> {
  const { announced, replacing } = await rotationStatus();
  if (announced + replacing === 0) return "No key is being replaced.";
  return `${count(announced, "new key")} announced, ${count(replacing, "old key")} still in use.`;
}
