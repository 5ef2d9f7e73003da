#!/usr/bin/env bash
# zod 4.6.7: a union's own message is lost when exactly one of its options gets as far as a check.
#
# `z.union([z.int().min(0), z.literal("YES")], "a count, or YES")` says "a count, or YES" for "NO". For -1 it hands on
# what the first option says instead, because that one failed in a check after its type was right. So the message for
# an overage of -1 doesn't tell that YES is allowed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts zod@4.6.7 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { z } from "zod";

const overage = z.union([z.int().min(0), z.literal("YES")], "a count, or YES");
const message = (value) => overage.safeParse(value).error.issues[0].message;
for (const value of ["NO", null, -1]) console.log(JSON.stringify(value), "→", message(value));

assert.equal(message("NO"), "a count, or YES");
assert.equal(message(null), "a count, or YES");
assert.notEqual(message(-1), "a count, or YES");
EOF
node check.mjs
