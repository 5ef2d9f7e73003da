#!/usr/bin/env bash
# pg-boss 10.4.2: in a queue with the policy `singleton`, one key whose job runs stops the jobs of all other keys.
#
# The policy allows one active job for each singletonKey. `fetch` takes the oldest job that waits, whatever its key. If
# a job of that key is active, the update violates the unique index, `fetch` swallows the error and returns nothing:
# jobs of other keys behind it wait until the first one has ended. With one job per receiver of webhooks, a receiver that
# stalls would hold up all others. `stately` does the same.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts pg-boss@10.4.2 @electric-sql/pglite@0.5.16 >/dev/null
cat >check.mjs <<'EOS'
import assert from "node:assert/strict";
import { PGlite } from "@electric-sql/pglite";
import PgBoss from "pg-boss";

const lite = await PGlite.create();
const executeSql = async (text, values) => {
  if (values?.length) return lite.query(text, values);
  const results = await lite.exec(text);
  return results.length === 1 ? results[0] : results;
};
const boss = new PgBoss({ db: { executeSql }, supervise: false, schedule: false });
boss.on("error", () => {});
await boss.start();

const found = {};
for (const policy of ["singleton", "stately"]) {
  await boss.createQueue(policy, { name: policy, policy });
  const send = (receiver) => boss.send(policy, { receiver }, { singletonKey: receiver });
  await send("slow");
  const [running] = await boss.fetch(policy);
  await send("slow");
  await send("quick");
  const whileItRuns = await boss.fetch(policy);
  await boss.complete(policy, running.id);
  const afterwards = [...(await boss.fetch(policy)), ...(await boss.fetch(policy))];
  const receiverOf = ({ data }) => data.receiver;
  found[policy] = { whileItRuns: whileItRuns.map(receiverOf), afterwards: afterwards.map(receiverOf) };
}
console.log(found);
await boss.stop({ graceful: false });
assert.deepEqual(found.singleton, { whileItRuns: [], afterwards: ["slow", "quick"] });
assert.deepEqual(found.stately, { whileItRuns: [], afterwards: ["slow", "quick"] });
EOS
node check.mjs
