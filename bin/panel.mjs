import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./installation.mjs";

const FOLDER = join(ROOT, "agent/panel");
const TARGET = ["chrome111", "firefox113", "safari16.4"];

let panel;

/** The control panel of the agent as one page: `page.html` with its style and script in it, both with the nonce `NONCE`. */
export function makePanel() {
  panel ??= bundledPage();
  return panel;
}

async function bundledPage() {
  const [style, script] = [await bundled("style.css"), await bundled("main.ts")];
  return readFileSync(join(FOLDER, "page.html"), "utf8")
    .replace('<link rel="stylesheet" href="style.css">', () => `<style nonce="NONCE">${style}</style>`)
    .replace(
      '<script type="module" src="main.ts"></script>',
      () => `<script nonce="NONCE">${script}</script>`,
    );
}

async function bundled(name) {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    ...{ absWorkingDir: ROOT, entryPoints: [join(FOLDER, name)], write: false, logLevel: "error" },
    ...{ bundle: true, minify: true, format: "iife", target: TARGET, tsconfig: "tsconfig.json" },
  });
  return outputFiles[0].text.trim();
}
