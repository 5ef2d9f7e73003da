#!/usr/bin/env bash
# scim2-parse-filter 0.2.10: string literals keep their JSON escapes, and a value path mixes elements.
#
# RFC 7644 writes literals as JSON strings, so "ACME\\bob" in a filter names the user ACME\bob. The package looks for
# the name with two backslashes. `emails[type eq "home" and primary eq true]` matches a user whose home address is not
# the primary one, because each comparison may be met by another element. A literal that ends in a backslash, such as
# the domain in `userName sw "ACME\\"`, can't be read at all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts scim2-parse-filter@0.2.10 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { filter, parse } from "scim2-parse-filter";

const bob = filter(parse(String.raw`userName eq "ACME\\bob"`));
const [one, two] = [String.raw`ACME\bob`, String.raw`ACME\\bob`];
console.log(one, bob({ userName: one }), two, bob({ userName: two }));
assert.deepEqual([bob({ userName: one }), bob({ userName: two })], [false, true]);
assert.throws(() => parse(String.raw`userName sw "ACME\\"`), /not json/);

const homeIsPrimary = filter(parse('emails[type eq "home" and primary eq true]'));
const emails = [
  { type: "home", primary: false },
  { type: "work", primary: true },
];
console.log("home is primary:", homeIsPrimary({ emails }));
assert.equal(homeIsPrimary({ emails }), true);
EOF
node check.mjs
