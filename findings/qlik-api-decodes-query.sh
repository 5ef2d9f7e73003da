#!/usr/bin/env bash
# @qlik/api 2.19.0: query values are percent-decoded before they are encoded, so a percent sign can't be sent as it is.
#
# A filter for the user "100%" throws URIError before any request, and a filter for "a%41" asks for "aA": the call
# succeeds with other people's seats. Callers have to write each percent sign as %25.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @qlik/api@2.19.0 >/dev/null
cat >check.mjs <<'EOS'
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { licenses } from "@qlik/api";

let asked = "";
const server = createServer((request, response) => {
  asked = new URL(request.url, "http://x").searchParams.get("filter") ?? asked;
  response.setHeader("Content-Type", "application/json").end('{"data":[],"links":{}}');
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const hostConfig = { host: `http://127.0.0.1:${server.address().port}`, apiKey: "x" };
const list = (filter) => licenses.getLicenseAssignments({ filter }, { hostConfig, noCache: true });

await assert.rejects(list('subject eq "100%"'), URIError);
for (const filter of ['subject eq "a%41"', 'subject eq "100%25"']) {
  await list(filter);
  console.log(filter, "arrives as", asked);
}
assert.equal(asked, 'subject eq "100%"');
server.close();
EOS
node check.mjs
