#!/usr/bin/env bash
# lmdb 3.5.6: a callback that throws inside the asynchronous `transaction` does not roll back.
#
# The promise rejects with the error, as one expects of a transaction that failed, and the writes made before the
# throw are committed all the same. `transactionSync` rolls them back. A store that counts in `transaction` and
# throws to refuse keeps the count of what it refused.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts lmdb@3.5.6 >/dev/null
cat >check.mjs <<'EOF'
import assert from "node:assert/strict";
import { open } from "lmdb";

const store = open({ path: "seats.lmdb" });
const refuse = () => {
  store.put("taken", 11);
  throw new Error("no free seat");
};

await store.put("taken", 10);
await assert.rejects(store.transaction(refuse), /no free seat/);
const afterAsync = store.get("taken");
console.log(`transaction: rejected, and the store says ${afterAsync}`);

await store.put("taken", 10);
assert.throws(() => store.transactionSync(refuse), /no free seat/);
const afterSync = store.get("taken");
console.log(`transactionSync: threw, and the store says ${afterSync}`);

assert.equal(afterAsync, 11);
assert.equal(afterSync, 10);
await store.close();
EOF
node check.mjs
