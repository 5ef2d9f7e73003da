#!/usr/bin/env bash
# pg 8.23.1: a query that ran into `query_timeout` leaves its connection in the pool, busy with that query.
#
# The promise rejects after the time limit, and the client can be released as usual: nothing tells the pool that the
# server still works on the old query. Whoever gets the connection next waits behind it. With a database that went
# silent that is for ever, so a time limit must destroy the connection: `client.release(true)`.
# The database is PGlite behind its socket server, in a process of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts pg@8.23.1 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17 >/dev/null
cat >server.mjs <<'EOF'
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

const server = new PGLiteSocketServer({ db: await PGlite.create(), port: Number(process.argv[2]), host: "127.0.0.1" });
await server.start();
console.log("ready");
EOF
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import pg from "pg";

const settings = { host: "127.0.0.1", port: Number(process.argv[2]), user: "postgres", password: "x", database: "postgres" };
const pool = new pg.Pool({ ...settings, max: 1, query_timeout: 500 });

const client = await pool.connect();
await assert.rejects(client.query("SELECT pg_sleep(3)"), /timeout/i);
client.release();
console.log(`after the time limit and release() the pool holds ${pool.totalCount} connection, ${pool.idleCount} of them idle`);
assert.equal(pool.idleCount, 1);
const next = await pool.query("SELECT 1").then(() => "answered", (error) => error.message);
console.log(`the next query on it, which takes no time: ${next}`);
assert.match(next, /timeout/i);
process.exit(0);
EOF
port=$(node -e 'const s=require("net").createServer().listen(0,()=>{console.log(s.address().port);s.close()})')
node server.mjs "$port" >server.log 2>&1 &
for _ in $(seq 100); do grep -q ready server.log && break; sleep 0.2; done
node check.mjs "$port"
