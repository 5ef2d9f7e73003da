import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ["agent", "domain", "machine", "cli/agent.ts", "package.json"];

/** CommonJS parts of dependencies ask for `require`. lmdb is native, so it stays where it was installed. */
const OPTIONS = [
  "--bundle",
  "--minify",
  "--platform=node",
  "--target=node20",
  "--format=esm",
  "--external:lmdb",
  '--banner:js=import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  "--log-level=error",
];

/** A source file and all it imports as one file of plain JavaScript, made anew when a source is newer. Answers its path. */
export function bundle(source) {
  const file = join(ROOT, "node_modules/.cache/signet", `${source.replace(/\W/g, "-")}.mjs`);
  if (isCurrent(file)) return file;
  mkdirSync(dirname(file), { recursive: true });
  const made = `${file}.${process.pid}`; // Several may start at once.
  const esbuild = fileURLToPath(import.meta.resolve("esbuild/bin/esbuild"));
  // In a process of its own: the compiler's memory goes with it.
  execFileSync(process.execPath, [esbuild, source, `--outfile=${made}`, ...OPTIONS], { cwd: ROOT });
  renameSync(made, file);
  return file;
}

function isCurrent(file) {
  if (!existsSync(file)) return false;
  const made = statSync(file).mtimeMs;
  return SOURCES.every((source) => newest(join(ROOT, source)) <= made);
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
