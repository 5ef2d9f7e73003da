#!/usr/bin/env bash
# PostgreSQL 18 (in @electric-sql/pglite 0.5.16): a query by all columns of the primary key can use another index, and
# then reads every row that has the same first column.
#
# It is enough that the plan was made while the table was empty, as the partition of a new month is, and that a second
# index begins with the same column. Both seem to cost the same then, and the tie goes to the other index. A generic plan
# stays until the table is analyzed: the first minute of each month on a server with autovacuum, and until the next start
# on PGlite, which has none. Here the same statement, prepared again, uses the primary key.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.16 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { PGlite } from "@electric-sql/pglite";

const ROWS = 5000;
const LOOKUP = `
  SELECT minutes FROM usage WHERE license = $1 AND month = $2 AND source = $3 AND id = $4`;
const KEY = "('1', '2026-11', 'mill', 's1')";

const db = await PGlite.create();
await db.exec(`
  SET plan_cache_mode = force_generic_plan;
  SET enable_seqscan = off;
  CREATE TABLE usage (license text, month text, source text, id text, allotment text, person bytea, app text,
    started timestamptz, ended timestamptz, minutes bigint, PRIMARY KEY (license, month, source, id)
  ) PARTITION BY LIST (month);
  CREATE INDEX ON usage (license, app);
  CREATE TABLE usage_november PARTITION OF usage FOR VALUES IN ('2026-11');`);

async function planOf(name) {
  const { rows } = await db.query(
    `EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF, BUFFERS OFF) EXECUTE ${name} ${KEY}`,
  );
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  console.log(`${name}:\n${plan}\n`);
  return plan;
}

await db.exec(`PREPARE before AS ${LOOKUP}; EXECUTE before ${KEY};`);
await db.exec(`INSERT INTO usage SELECT '1', '2026-11', 'mill', 's' || n, 'a', 'x', 'Sales', now(), now(), 6
  FROM generate_series(1, ${ROWS}) n`);
await db.exec(`PREPARE afterwards AS ${LOOKUP}; EXECUTE afterwards ${KEY};`);

const stale = await planOf("before");
assert.match(stale, /using usage_november_license_app_idx/);
assert.match(stale, new RegExp(`Rows Removed by Filter: ${ROWS - 1}`));
assert.match(await planOf("afterwards"), /using usage_november_pkey/);
await db.exec("ANALYZE usage_november");
assert.match(await planOf("before"), /using usage_november_pkey/);
await db.close();
EOF
node check.mjs
