#!/usr/bin/env bash
# pglite-prisma-adapter 0.7.2: `executeScript` resolves although the script failed.
#
# The adapter does not wait for the script and drops its error. Prisma's schema engine applies migrations through this
# call, so a migration that fails is recorded as applied.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts pglite-prisma-adapter@0.7.2 @electric-sql/pglite@0.5.16 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";

const database = await PGlite.create();
const adapter = await new PrismaPGlite(database).connect();
const script = "CREATE TABLE license (number text); INSERT INTO nowhere VALUES (1);";

const answer = await adapter.executeScript(script);
console.log(`executeScript resolved with ${answer}`);
await database.query("SELECT 1");
const { rows } = await database.query("SELECT to_regclass('license') AS made");
console.log("the table of the script:", rows[0].made);

await assert.rejects(database.exec(script), /nowhere/);
assert.equal(rows[0].made, null);
process.exit(0);
EOF
node check.mjs
