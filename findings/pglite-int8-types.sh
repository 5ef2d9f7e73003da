#!/usr/bin/env bash
# PGlite 0.5.16: an int8 is a number or a bigint, value by value, and an infinite timestamptz is a number.
#
# The same column answers 1 for one row and 9007199254740993n for the next, so `a + 1` throws for large values only.
# The infinite time is the number Infinity where every other time is a Date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @electric-sql/pglite@0.5.16 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { PGlite } from "@electric-sql/pglite";

const database = await PGlite.create();
const { rows } = await database.query(`
  SELECT version, ends FROM (VALUES
    (1::int8, '2018-12-31Z'::timestamptz), (9007199254740993::int8, 'infinity'::timestamptz)) AS t (version, ends)`);
for (const { version, ends } of rows) console.log(typeof version, version, typeof ends, ends);

assert.deepEqual(rows.map(({ version }) => typeof version), ["number", "bigint"]);
assert.ok(rows[0].ends instanceof Date);
assert.equal(rows[1].ends, Infinity);
process.exit(0);
EOF
node check.mjs
