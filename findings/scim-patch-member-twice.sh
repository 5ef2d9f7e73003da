#!/usr/bin/env bash
# scim-patch 0.8.3: a member who is added again is in the group twice, and a value path as a name becomes an attribute.
#
# A directory repeats "add this member" after a lost response, by the id alone. If the stored member has a display name
# too, it isn't recognized, so whoever counts members counts one user twice and gives two seats. In an operation without
# a path, as Entra ID's validator sends them, `emails[type eq "work"].value` is stored as an attribute of that name, while
# `name.givenName` beside it is understood; the mail address stays as it was.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts scim-patch@0.8.3 >/dev/null
cat >check.mjs <<'EOS'
import assert from "node:assert/strict";
import scim from "scim-patch";

const group = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
  members: [{ value: "7", display: "bob" }],
};
const { members } = scim.scimPatch(group, [{ op: "add", path: "members", value: [{ value: "7" }] }]);
console.log("members:", JSON.stringify(members));
assert.deepEqual(members.map(({ value }) => value), ["7", "7"]);

const MAIL = 'emails[type eq "work"].value';
const user = {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  emails: [{ type: "work", value: "old@acme.example" }],
};
const change = { "name.givenName": "Bob", [MAIL]: "new@acme.example" };
const patched = scim.scimPatch(user, [{ op: "replace", value: change }]);
console.log(JSON.stringify(patched));
assert.equal(patched.name.givenName, "Bob");
assert.equal(patched.emails[0].value, "old@acme.example");
EOS
node check.mjs
