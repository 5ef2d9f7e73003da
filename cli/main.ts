import { ensureClient } from "./client";

ensureClient();
const { run } = await import("./program");
process.exitCode = await run(process.argv.slice(2));
