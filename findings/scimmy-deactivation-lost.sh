#!/usr/bin/env bash
# scimmy 1.3.5: an `add` whose value path matches nothing is refused, and a deactivation in the same PATCH goes with it.
#
# Directories add a mail address by `emails[type eq "work"].value` and expect it to be created. For a user without one
# scimmy answers 400 noTarget, which RFC 7644 asks for in a `replace` only. A PATCH is applied whole or not at all, so
# the `active: false` before it is lost and the leaver keeps the seat. A member who is added to a group a second time is
# in it twice.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts scimmy@1.3.5 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import SCIMMY from "scimmy";

const { Schemas, Messages } = SCIMMY;
const patch = (Operations) =>
  new Messages.PatchOp({ schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations });

const leaver = new Schemas.User({ id: "1", userName: "bob", active: true });
const fault = await patch([
  { op: "Replace", path: "active", value: false },
  { op: "Add", path: 'emails[type eq "work"].value', value: "bob@acme.example" },
]).apply(leaver).then(() => null, (error) => error);
console.log(fault?.status, fault?.scimType, "active:", leaver.active);

const group = new Schemas.Group({ id: "2", displayName: "Analysts", members: [{ value: "7" }] });
const joined = await patch([{ op: "Add", path: "members", value: [{ value: "7" }] }]).apply(group);
console.log("members:", JSON.stringify(joined.members));

assert.equal(fault?.status, 400);
assert.equal(fault?.scimType, "noTarget");
assert.equal(leaver.active, true);
assert.equal(joined.members.length, 2);
EOF
node check.mjs
