import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Generates the store's client where it is missing: a fresh copy of the repository can run a command at once. */
export function ensureClient(): void {
  if (existsSync("prisma/client")) return;
  const prisma = ["node_modules/prisma/build/index.js", "generate"];
  const { status } = spawnSync(process.execPath, prisma, { stdio: ["ignore", "ignore", "inherit"] });
  if (status === 0) return;
  process.stderr.write("The client of the store can not be generated. Run npm install first.\n");
  process.exit(1);
}
