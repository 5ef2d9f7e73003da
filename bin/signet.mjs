#!/usr/bin/env node
// The `signet` command. `serve` runs the built server as it is; the other commands are TypeScript and go through tsx.
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [, , command = "help", ...rest] = process.argv;
if (command === "agent") {
  // It stands by itself, in the folder where it was called.
  const { agent } = await import("./agent.mjs");
  await agent(rest);
} else await inInstallation();

async function inInstallation() {
  process.env.DATA_DIR = resolve(process.env.DATA_DIR || "./data");
  process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));

  if (command === "serve") {
    const { serve, failStart } = await import("./serve.mjs");
    await serve({ dev: rest.includes("--dev") }).catch(failStart);
  } else {
    const { register } = await import("tsx/esm/api");
    register();
    await import("../cli/main.ts");
  }
}
