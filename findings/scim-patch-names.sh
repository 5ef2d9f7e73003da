#!/usr/bin/env bash
# scim-patch 0.8.3: attribute names are compared with case, and the URN of an extension is cut at its last colon.
#
# RFC 7643 says that attribute names are compared without case. `path: "Active"` makes a second attribute beside
# `active`, so a deactivated user stays active. An extension given by its URN is stored under
# "urn:ietf:params:scim:schemas:extension:enterprise:2.0" with a member "User". Removing a member by its value removes
# nothing when the stored member has a display name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts scim-patch@0.8.3 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import scim from "scim-patch";

const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const patched = (...operations) =>
  scim.scimPatch(
    {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      active: true,
      roles: [{ value: "7", display: "Analyst" }],
    },
    operations,
  );

const deactivated = patched({ op: "replace", path: "Active", value: false });
console.log("active:", deactivated.active, "Active:", deactivated.Active);
const moved = patched({ op: "add", value: { [ENTERPRISE]: { department: "Sales" } } });
console.log(JSON.stringify(Object.keys(moved).filter((name) => name.startsWith("urn:"))));
const removed = patched({ op: "remove", path: "roles", value: [{ value: "7" }] });
console.log("roles left:", removed.roles?.length ?? 0);

assert.equal(deactivated.active, true);
assert.equal(deactivated.Active, false);
assert.equal(moved[ENTERPRISE], undefined);
assert.deepEqual(moved[ENTERPRISE.slice(0, -":User".length)], { User: { department: "Sales" } });
assert.equal(removed.roles.length, 1);
EOF
node check.mjs
