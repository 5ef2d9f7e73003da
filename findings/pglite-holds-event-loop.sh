#!/usr/bin/env bash
# @electric-sql/pglite 0.5.16: awaited queries, one after the other, let nothing else run until the last one is done.
#
# Each query is a promise, but a database in memory or in a folder answers it without ever leaving the microtask queue.
# A loop of awaited queries therefore holds the process: no timer fires and no request is read in between, for seconds.
# A license backend on such a store can't answer its health check, or a Cancel button, during an import.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.16 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";

const QUERIES = 1000;

/** How often a timer of 1 ms fires while `QUERIES` rows are written. */
async function ticksOf(db, between) {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const start = performance.now();
  for (let row = 0; row < QUERIES; row++) {
    await db.query("INSERT INTO license (number) VALUES ($1)", [row]);
    await between();
  }
  const ms = Math.round(performance.now() - start);
  clearInterval(timer);
  return { ms, ticks };
}

for (const folder of [undefined, "./store"]) {
  const db = await PGlite.create(folder);
  await db.exec("CREATE TABLE license (number int)");
  const held = await ticksOf(db, () => {});
  const shared = await ticksOf(db, () => setImmediate());
  console.log(folder ?? "in memory", "awaited:", held, "with a turn of the event loop between:", shared);
  assert.ok(held.ms > 20);
  assert.equal(held.ticks, 0);
  assert.ok(shared.ticks > 10);
  await db.close();
}
EOF
node check.mjs
