#!/usr/bin/env bash
# luxon 3.7.2: the second half of an abbreviated ISO 8601 interval is read as a time of day today.
#
# ISO 8601 lets the end leave out what it shares with the start: 2018-06-01/12-31 ends on 31 December 2018. luxon
# calls it valid, and reads "12-31" as 12 o'clock at the offset -31: the interval ends on the day on which the program
# runs, years later. A license sold for seven months of 2018 would be in force today.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts luxon@3.7.2 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { Interval } from "luxon";

const term = Interval.fromISO("2018-06-01/12-31", { setZone: false });
console.log(`valid: ${term.isValid}, ${term.toISO()}`);

assert.equal(term.isValid, true);
assert.notEqual(term.end.year, 2018);
assert.ok(Math.abs(term.end.toMillis() - Date.now()) < 3 * 86_400_000, "it ends about today");
EOF
node check.mjs
