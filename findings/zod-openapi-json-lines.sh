#!/usr/bin/env bash
# @hono/zod-openapi 1.6.3 with hono 4.13.19: a route refuses the very media type that it declares, if that is JSON Lines.
#
# A body declared as `application/jsonl` counts as JSON for the library and not for the router below it: a request with
# that Content-Type is answered 415, and its handler never runs. `application/x-ndjson` and `text/plain` are left to the
# handler. So the routes that take the logs of a site without a network are documented beside the router.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @hono/zod-openapi@1.6.3 hono@4.13.19 zod@4.6.7 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";

async function posted(type, body) {
  const app = new OpenAPIHono();
  const content = { [type]: { schema: z.string() } };
  const responses = { 200: { description: "What was read" } };
  const route = createRoute({ method: "post", path: "/logs", request: { body: { content } }, responses });
  app.openapi(route, async (c) => c.text(await c.req.text()));
  const answer = await app.request("/logs", { method: "POST", headers: { "Content-Type": type }, body });
  return { status: answer.status, text: await answer.text() };
}

const lines = '{"sequence":1}\n{"sequence":2}\n';
const found = {};
for (const type of ["application/jsonl", "application/x-ndjson", "text/plain"]) {
  found[type] = await posted(type, lines);
  console.log(type, found[type].status, JSON.stringify(found[type].text.slice(0, 60)));
}
assert.equal(found["application/jsonl"].status, 415);
assert.deepEqual(found["application/x-ndjson"], { status: 200, text: lines });
assert.deepEqual(found["text/plain"], { status: 200, text: lines });
EOF
node check.mjs
