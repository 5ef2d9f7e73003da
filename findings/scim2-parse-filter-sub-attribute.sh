#!/usr/bin/env bash
# scim2-parse-filter 0.2.10: the sub-attribute after a value path is parsed as a condition of its own.
#
# Directories look for a user by `emails[type eq "work"].value eq "bob@acme.example"`. The tree is "some address is of
# the type work, and some address is bob's": the two may be different elements. So whoever evaluates the tree element by
# element, as RFC 7644 says, still finds a user whose work address is another one, and a directory takes over, changes
# or deactivates the wrong account.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts scim2-parse-filter@0.2.10 >/dev/null
cat >check.mjs <<'EOS'
import assert from "node:assert/strict";
import parser from "scim2-parse-filter";

const tree = parser.parse('emails[type eq "work"].value eq "bob@acme.example"');
console.log(JSON.stringify(tree));
assert.equal(tree.op, "and");
assert.deepEqual(tree.filters.map(({ op, attrPath }) => [op, attrPath]), [
  ["[]", "emails"],
  ["eq", "emails.value"],
]);
const eve = {
  emails: [
    { type: "work", value: "eve@acme.example" },
    { type: "home", value: "bob@acme.example" },
  ],
};
console.log("finds eve:", parser.filter(tree)(eve));
assert.equal(parser.filter(tree)(eve), true);
EOS
node check.mjs
