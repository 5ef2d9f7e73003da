import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildIdentity } from "./build-mark.mjs";
import { ensureClient } from "./client.mjs";
import { ROOT, whereWritable, writeWhole } from "./installation.mjs";
import { makePanel } from "./panel.mjs";

const FOLDER = join(ROOT, "dist");

/** Programs that run as plain JavaScript beside the console. */
export const PROGRAMS = ["cli/agent.ts", "cli/program.ts", "server/store/start-checks.ts"];

/** The agent is a guest beside a product: one small file, with everything but the native store in it. */
const ALONE = {
  minify: true,
  external: ["lmdb"],
  // CommonJS parts of dependencies call `require`.
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
};
const BESIDE_PACKAGES = { packages: "external" };
const optionsOf = (source) =>
  source.startsWith("server/") || source === "cli/program.ts" ? BESIDE_PACKAGES : ALONE;

/**
 * Bundles a source file with all its imports into one file of plain JavaScript, again if a source has changed.
 * Returns its path.
 */
export async function bundle(source) {
  const name = source.replace(/\W/g, "-");
  const file = join(FOLDER, `${name}-${buildIdentity()}.mjs`);
  if (existsSync(file)) return file;
  await whereWritable(() => make(source, file));
  for (const other of readdirSync(FOLDER))
    if (other.startsWith(`${name}-`) && join(FOLDER, other) !== file)
      rmSync(join(FOLDER, other), { force: true });
  return file;
}

/** Loads a program from its bundle. */
export async function load(source) {
  return import(pathToFileURL(await bundle(source)).href);
}

async function make(source, file) {
  if (source.startsWith("cli/program") || source.startsWith("server/")) await ensureClient();
  const { build, stop } = await import("esbuild");
  const { outputFiles } = await build({
    ...{ absWorkingDir: ROOT, entryPoints: [source], write: false, bundle: true, logLevel: "error" },
    ...{ platform: "node", target: "node20", format: "esm", tsconfig: "tsconfig.json" },
    ...{ define: { PANEL: JSON.stringify(await makePanel()) } },
    ...optionsOf(source),
  });
  await stop();
  writeWhole(file, outputFiles[0].contents);
}
