import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ["agent", "domain", "cli/agent.ts", "package.json"];

/** Native, so it stays where it was installed. */
const EXTERNAL = ["lmdb"];

/** CommonJS parts of dependencies ask for `require`. */
const BANNER = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** A source file and all it imports as one file of plain JavaScript, made anew when a source is newer. Answers its path. */
export function bundle(source) {
  const file = join(ROOT, "node_modules/.cache/signet", `${source.replace(/\W/g, "-")}.mjs`);
  if (isCurrent(file)) return file;
  mkdirSync(dirname(file), { recursive: true });
  const made = `${file}.${process.pid}`; // Several may start at once.
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: [source],
    outfile: made,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    external: EXTERNAL,
    banner: { js: BANNER },
    minify: true,
    logLevel: "error",
  });
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
