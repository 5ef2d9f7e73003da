import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atEnd } from "./cleanup";
import type { Fill } from "./stores";

const OPTION = "--against";

/** The commit that the command line names with `--against`, if any. */
export function commitToCompare(args: string[]): string | undefined {
  const at = args.indexOf(OPTION);
  if (at < 0) return;
  const commit = args[at + 1];
  if (!commit) throw new Error(`${OPTION} needs a commit.`);
  return commit;
}

/** Checks a commit out into a folder of its own, with its own packages. Its first start builds it. */
export async function checkOut(commit: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "signet-before-"));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  run("git", "clone", "--quiet", "--shared", "--no-checkout", process.cwd(), ".");
  run("git", "checkout", "--quiet", "--detach", commit);
  run("npm", "ci", "--no-audit", "--no-fund");
  run("npm", "exec", "--", "prisma", "generate");
  return folder;
}

/** Fills a store with the code of a checkout: its schema, and keys that it can verify. */
export function seedOf(folder: string): Fill {
  const script = `import("./bench/stores.ts")
    .then(({ seed }) => seed(...JSON.parse(process.env.BENCH_SEED)))
    .then((sites) => console.log(JSON.stringify(sites)))`;
  return async (...chosen) => {
    const env = { ...process.env, BENCH_SEED: JSON.stringify(chosen) };
    const args = ["--import", "tsx", "--eval", script];
    return JSON.parse(execFileSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" }));
  };
}
