// Simulates hours in which a fleet of real agents uses up a pool of minutes, against the real product API, in virtual
// time, in both modes beside each other: npm run fleet:minutes -- --deployments 50 --hours 48 --seed 1 [--extreme]
import { parseArgs } from "node:util";
import { wholeNumber } from "@/fleet/whole-number";
import { embeddedPostgres } from "@/scripts/postgres";
import { newRunStore } from "@/scripts/run-store";
import { lineOf, type MinuteSummary, summaryOf } from "./result";
import { type MinuteWish, simulateMinutes } from "./simulation";

process.env.LOG_LEVEL ??= "error";

/** One of the runs of a seed, which all have the same people and faults. */
type Mode = Pick<MinuteWish, "whenOffline" | "isExtreme">;

const { values } = parseArgs({
  options: {
    deployments: { type: "string", default: "50" },
    hours: { type: "string", default: "48" },
    seed: { type: "string", default: "1" },
    extreme: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

// The database that is started for a run doesn't keep this process alive, and the process waits for its end.
const awake = setInterval(() => {}, 60_000);
const own = process.env.TEST_DATABASE_URL ? null : await embeddedPostgres();
process.env.TEST_DATABASE_URL ??= own?.url();
try {
  const summaries: MinuteSummary[] = [];
  for (const mode of modes()) summaries.push(await run(mode));
  if (values.json) console.log(JSON.stringify(summaries));
  process.exitCode = summaries.some(({ broken }) => broken.length > 0) ? 1 : 0;
} catch (error) {
  console.error(error);
  process.exitCode = 2;
} finally {
  clearInterval(awake);
  await own?.remove();
}

function modes(): Mode[] {
  const bounded: Mode = { whenOffline: "bounded", isExtreme: false };
  const optimistic: Mode = { whenOffline: "optimistic", isExtreme: false };
  return [bounded, optimistic, ...(values.extreme ? [{ ...bounded, isExtreme: true }] : [])];
}

async function run(mode: Mode): Promise<MinuteSummary> {
  const place = await newRunStore("postgresql");
  const size = {
    ...{
      deployments: wholeNumber("deployments", values.deployments),
      hours: wholeNumber("hours", values.hours),
    },
    seed: wholeNumber("seed", values.seed),
  };
  const wish = { ...mode, ...size, store: place.settings };
  try {
    const summary = summaryOf(wish, await simulateMinutes(wish));
    if (!values.json) printSummary(summary);
    return summary;
  } finally {
    await place.remove();
  }
}

function printSummary(summary: MinuteSummary): void {
  console.log(lineOf(summary));
  for (const [what, number] of Object.entries(summary.counts))
    console.log(`${String(number).padStart(9)}  ${what}`);
  for (const each of summary.broken) console.log(`  BROKEN: ${each}`);
}
