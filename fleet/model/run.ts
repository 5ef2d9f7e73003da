// Simulates hours of real agents and the real server under faults, with a model that every reply is compared with:
// npm run simulate -- --seeds 20 [--from 1] [--store embedded|postgresql] [--deployments 4] [--hours 24]
import { parseArgs } from "node:util";
import { wholeNumber } from "@/fleet/whole-number";
import { embeddedPostgres } from "@/scripts/postgres";
import { newRunStore, type RunStore, type StoreName } from "@/scripts/run-store";
import { prepareTemplate } from "@/scripts/store-template";
import { type Result, simulate } from "./simulation";

process.env.LOG_LEVEL ??= "silent";
process.env.RATE_LIMIT_CALLS ??= "0"; // After each death of the server its counters would be made again, for nothing.

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    from: { type: "string", default: "1" },
    store: { type: "string", default: "both" },
    deployments: { type: "string", default: "4" },
    hours: { type: "string", default: "24" },
    verbose: { type: "boolean", default: false },
  },
});
const [from, seeds] = [wholeNumber("from", values.from), wholeNumber("seeds", values.seeds)];
const size = {
  deployments: wholeNumber("deployments", values.deployments),
  hours: wholeNumber("hours", values.hours),
};

// The database that is started for a run doesn't keep this process alive, and the process waits for its end.
const awake = setInterval(() => {}, 60_000);
const own = process.env.TEST_DATABASE_URL ? null : await embeddedPostgres();
process.env.TEST_DATABASE_URL ??= own?.url();
const counts = new Map<string, number>();
const failed: string[] = [];
let migrated: Promise<RunStore> | undefined;
let seed = from;
try {
  for (; seed < from + seeds; seed += 1) report(seed, storeOf(seed), await run(seed, storeOf(seed)));
  for (const [what, number] of [...counts].sort()) console.log(`${String(number).padStart(9)}  ${what}`);
  console.log(failed.length === 0 ? "Every reply was as the model says." : failed.join("\n"));
  process.exitCode = failed.length === 0 ? 0 : 1;
} catch (error) {
  console.error(`Seed ${seed} couldn't go on. Again: ${again(seed, storeOf(seed))}`, error);
  process.exitCode = 2;
} finally {
  clearInterval(awake);
  await (await migrated)?.remove();
  await own?.remove();
}

/** Every fifth seed is on the embedded store, which takes three times as long, unless a store is named. */
function storeOf(seed: number): StoreName {
  const { store } = values;
  if (store === "embedded" || store === "postgresql") return store;
  if (store !== "both") throw new Error("--store is embedded, postgresql or both.");
  return seed % 5 === 0 ? "embedded" : "postgresql";
}

async function run(seed: number, name: StoreName): Promise<Result> {
  const place = await newRunStore(name, name === "embedded" ? undefined : await template());
  try {
    return await simulate({ ...size, seed, store: place.settings });
  } finally {
    await place.remove();
  }
}

/** Migrations take longer than a seed: they run once. */
function template(): Promise<RunStore> {
  migrated ??= newRunStore("postgresql").then(async (store) => {
    await prepareTemplate(store.settings);
    return store;
  });
  return migrated;
}

function report(seed: number, name: StoreName, { counts: seen, differences }: Result): void {
  for (const [what, number] of seen) counts.set(what, (counts.get(what) ?? 0) + number);
  console.log(
    `Seed ${seed}, ${name}: ${seen.get("replies compared")} replies, ${differences.length} differences`,
  );
  if (differences.length === 0) return;
  failed.push(`Seed ${seed}: ${differences.length} differences. Again: ${again(seed, name)}`);
  for (const each of differences.slice(0, values.verbose ? 1000 : 3))
    failed.push(`  - ${each.slice(0, 2000)}`);
}

function again(seed: number, name: StoreName): string {
  const { deployments, hours } = size;
  return `npm run simulate -- --from ${seed} --seeds 1 --store ${name} --deployments ${deployments} --hours ${hours}`;
}
