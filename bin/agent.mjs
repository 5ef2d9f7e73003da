import { pathToFileURL } from "node:url";
import { setFlagsFromString } from "node:v8";

/** A guest beside a product: it collects garbage sooner instead of growing, and stays below 120 MB under load. */
const SMALL = ["--semi-space-growth-factor=1", "--optimize-for-size"];

/** Runs `signet agent` as plain JavaScript: with the compiler in it the process would take half as much memory again. */
export async function agent(args) {
  for (const flag of SMALL) setFlagsFromString(flag);
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
