#!/usr/bin/env bash
# @hono/zod-openapi 1.6.3: the document depends on the order of use, and a literal of several values loses all but one.
#
# A named schema that is used first as `.nullable()` is null in the component and so everywhere; used first as it is,
# the nullable property becomes an `allOf` that null can never satisfy. `z.literal(["Initial", "Update"])` is documented
# as "Initial" alone. An optional JSON body that is posted without a JSON content type is a 415.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @hono/zod-openapi@1.6.3 hono@4.13.19 zod@4.6.7 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";

const INFO = { openapi: "3.1.0", info: { title: "Licenses", version: "1" } };
const documented = (shape) => {
  const app = new OpenAPIHono();
  const content = { "application/json": { schema: z.object(shape) } };
  const responses = { 200: { description: "It is there.", content } };
  app.openAPIRegistry.registerPath({ method: "get", path: "/", responses });
  const { components, paths } = app.getOpenAPI31Document(INFO);
  return { components, fields: paths["/"].get.responses[200].content["application/json"].schema.properties };
};
const Holder = z.object({ name: z.string() }).openapi("Holder");

const first = documented({ before: Holder.nullable(), now: Holder });
console.log("nullable first: now is", JSON.stringify(first.components.schemas.Holder.type));
const last = documented({ now: Holder, before: Holder.nullable() });
console.log("nullable last: before is", JSON.stringify(last.fields.before));
const literal = documented({ cause: z.literal(["Initial", "Update"]) });
console.log("literal:", JSON.stringify(literal.fields.cause));

const app = new OpenAPIHono();
const content = { "application/json": { schema: z.object({ reason: z.string().optional() }) } };
const responses = { 200: { description: "Done." } };
app.openapi(createRoute({ method: "post", path: "/", request: { body: { content } }, responses }), (c) => c.text(""));
const { status } = await app.request("/", { method: "POST", body: "{}" });
console.log("an optional body without a JSON content type:", status);

assert.deepEqual(first.components.schemas.Holder.type, ["object", "null"]);
assert.deepEqual(last.fields.before.allOf[0], { $ref: "#/components/schemas/Holder" });
assert.deepEqual(literal.fields.cause.enum, ["Initial"]);
assert.equal(status, 415);
EOF
node check.mjs
