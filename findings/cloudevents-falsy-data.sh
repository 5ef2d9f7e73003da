#!/usr/bin/env bash
# cloudevents 10.0.0: data that is 0, false, "" or null does not survive the way to a receiver.
#
# Structured mode writes `"data":0` and reads it back as undefined. Binary mode keeps 0, false and "", and turns null
# into the text "null". So an event whose data is a bare count must wrap it in an object.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts cloudevents@10.0.0 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { CloudEvent, HTTP } from "cloudevents";

const received = (mode, data) => {
  const sent = HTTP[mode](new CloudEvent({ source: "/licenses", type: "units.free", data }));
  return HTTP.toEvent({ headers: sent.headers, body: sent.body }).data;
};

for (const mode of ["structured", "binary"])
  for (const data of [0, false, "", null, { free: 0 }])
    console.log(mode, JSON.stringify(data), "is received as", JSON.stringify(received(mode, data)));

for (const data of [0, false, "", null]) assert.equal(received("structured", data), undefined);
for (const data of [0, false, ""]) assert.equal(received("binary", data), data);
assert.equal(received("binary", null), "null");
assert.deepEqual(received("structured", { free: 0 }), { free: 0 });
EOF
node check.mjs
