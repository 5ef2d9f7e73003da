import { pathToFileURL } from "node:url";

/** Runs `signet agent` as plain JavaScript: with the compiler in it the process would take half as much memory again. */
export async function agent(args) {
  const { run } = await command();
  process.exitCode = await run(args);
}

async function command() {
  const { bundle } = await import("./bundle.mjs");
  try {
    return await import(pathToFileURL(bundle("cli/agent.ts")).href);
  } catch (error) {
    if (error.code !== "EACCES" && error.code !== "EROFS") throw error;
    const { register } = await import("tsx/esm/api");
    register();
    return import("../cli/agent.ts");
  }
}
