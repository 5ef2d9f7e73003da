#!/usr/bin/env bash
# @hono/zod-openapi 1.6.3 with hono 4.13.19: a route that is registered by hand puts its middleware into the document.
#
# `app.openapi(route, handler)` keeps `middleware` and `hide` out of the OpenAPI document. The same route given to
# `app.openAPIRegistry.registerPath(route)`, as one does for a path whose handler is added otherwise, writes them into
# its operation: a linter refuses `"middleware": [null, null]`, and structuredClone refuses the functions. So the
# document of Signet is made from its JSON, and routes that are described by hand leave out what isn't OpenAPI.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @hono/zod-openapi@1.6.3 hono@4.13.19 zod@4.6.7 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";

const gate = (_c, next) => next();
const routeAt = (path) =>
  createRoute({ method: "get", path, middleware: [gate, gate], hide: false, responses: { 200: { description: "" } } });

const app = new OpenAPIHono();
app.openapi(routeAt("/handled"), (c) => c.body(null, 200));
app.openAPIRegistry.registerPath(routeAt("/registered"));
const document = app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "t", version: "1" } });
const { "/handled": handled, "/registered": registered } = JSON.parse(JSON.stringify(document)).paths;
console.log("handled   ", JSON.stringify(handled.get));
console.log("registered", JSON.stringify(registered.get));
assert.deepEqual(Object.keys(handled.get), ["responses"]);
assert.deepEqual(registered.get.middleware, [null, null]);
assert.equal(registered.get.hide, false);
assert.throws(() => structuredClone(document), { name: "DataCloneError" });
EOF
node check.mjs
