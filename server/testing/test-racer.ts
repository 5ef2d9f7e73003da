// A replica for tests: opens the store named by its environment, reports that, and on request adds subjects as the
// given callers, all at once. It returns their rejections as one line of JSON.
import { once } from "node:events";
import { createInterface } from "node:readline";
import { syncAssignments } from "@/server/assignments/log/assignments";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore } from "@/server/store/store";
import type { TestCaller } from "./test-callers";

const { callers, now }: { callers: TestCaller[]; now: string } = JSON.parse(process.env.RACE ?? "");

await openStore(parseEnv(process.env));
console.log("ready");
await once(createInterface(process.stdin), "line");
const replies = await Promise.all(callers.map(addOne));
console.log(JSON.stringify(replies.map(({ patches }) => patches[0]?.rejection)));
await closeStore();
process.exit(0);

function addOne(caller: TestCaller) {
  const { source, key } = caller;
  const patch = { instance: "", version: 0, license: key.license, allotment: "analyzer", created: now };
  const patches = [{ ...patch, subject: `acme\\${source}` }];
  return syncAssignments({ caller, base: null, after: null, patches, now: new Date(now) });
}
