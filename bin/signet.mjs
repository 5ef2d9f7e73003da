#!/usr/bin/env node
// The `signet` command: plain JavaScript that finds or makes the build, and runs it.
import { resolve } from "node:path";
import { endWithLauncher } from "./launcher.mjs";

const [, , command = "help", ...rest] = process.argv;

endWithLauncher();
try {
  if (command === "agent") await runAgent();
  else await runInInstallation();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** The agent runs independently, in the folder where it was called. */
async function runAgent() {
  const { agent } = await import("./agent.mjs");
  await agent(rest);
}

async function runInInstallation() {
  const { ROOT } = await import("./installation.mjs");
  const folder = process.cwd();
  process.env.DATA_DIR = resolve(process.env.DATA_DIR || "./data");
  process.chdir(ROOT);
  if (command === "serve" && !rest.some((option) => option.includes("help"))) {
    const { serve } = await import("./serve.mjs");
    await serve({ isDev: rest.includes("--dev"), mayBuild: !rest.includes("--no-build") });
  } else if (command === "build") {
    const { build } = await import("./build.mjs");
    await build({ say: (line) => process.stdout.write(`${line}\n`) });
  } else {
    const { load } = await import("./bundle.mjs");
    const { run } = await load("cli/program.ts");
    process.exitCode = await run([command, ...rest], folder);
  }
}
