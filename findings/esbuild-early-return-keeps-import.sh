#!/usr/bin/env bash
# esbuild 0.28.2, minifying: code after a return that always runs is dropped, but a module that only this code imports stays.
#
# With `define` a constant chooses between two ways. Written as an early return, the bundle loses the second way and
# still carries the module that it imports dynamically, which nothing can reach any more. Written as a conditional
# expression or with `else`, the module goes too. The control panel of the agent is chosen so, since the early return
# put esbuild itself, as a library, into the small file that runs beside each product.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund esbuild@0.28.2 >/dev/null
cat >other.mjs <<'EOF'
export const page = () => "MADE AT RUN TIME";
EOF
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { build } from "esbuild";

const WAYS = {
  "early return": 'if (typeof PAGE === "string") return PAGE; return (await import("./other.mjs")).page();',
  else: 'if (typeof PAGE === "string") { return PAGE; } else { return (await import("./other.mjs")).page(); }',
  conditional: 'return typeof PAGE === "string" ? PAGE : (await import("./other.mjs")).page();',
};

const found = {};
for (const [name, body] of Object.entries(WAYS)) {
  const { outputFiles } = await build({
    stdin: { contents: `export async function page() { ${body} }`, resolveDir: ".", loader: "js" },
    ...{ bundle: true, minify: true, format: "esm", write: false, define: { PAGE: '"built in"' } },
  });
  const { text } = outputFiles[0];
  found[name] = { imports: /import\(|Promise\.resolve/.test(text), module: text.includes("MADE AT RUN TIME") };
  console.log(name.padEnd(13), `${text.length} bytes`, JSON.stringify(found[name]));
}
assert.deepEqual(found, {
  "early return": { imports: false, module: true },
  else: { imports: false, module: false },
  conditional: { imports: false, module: false },
});
EOF
node check.mjs
