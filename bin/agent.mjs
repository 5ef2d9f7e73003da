import { setFlagsFromString } from "node:v8";
import { load } from "./bundle.mjs";

/** The agent is a guest beside a product: it collects garbage early instead of growing, and stays below 120 MB under load. */
const SMALL = ["--semi-space-growth-factor=1", "--optimize-for-size"];

/** Runs `signet agent` as plain JavaScript: with the compiler loaded the process would take half as much memory again. */
export async function agent(args) {
  for (const flag of SMALL) setFlagsFromString(flag);
  const { run } = await load("cli/agent.ts");
  process.exitCode = await run(args);
}
