// Simulates hours with a fleet of real agents against the real product API, in virtual time: npm run fleet --
// --deployments 50 --hours 24 --seed 1 [--people 4] [--definition FILE] [--calm] [--store postgresql]
import { parseArgs } from "node:util";
import { newRunStore, type StoreName } from "@/scripts/run-store";
import { readDefinition, usualDefinition } from "./definition";
import { simulate, type Wish } from "./simulation";
import { summaryOf, tally } from "./summary";
import { wholeNumber } from "./whole-number";

process.env.LOG_LEVEL ??= "error";

const { values } = parseArgs({
  options: {
    deployments: { type: "string", default: "50" },
    hours: { type: "string", default: "24" },
    seed: { type: "string", default: "1" },
    people: { type: "string", default: "4" },
    definition: { type: "string" },
    calm: { type: "boolean", default: false },
    store: { type: "string", default: process.env.TEST_DATABASE_URL ? "postgresql" : "embedded" },
  },
});

// The database that is started for a run doesn't keep this process alive, and the process waits for its end.
const awake = setInterval(() => {}, 60_000);
try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
} finally {
  clearInterval(awake);
}

async function run(): Promise<number> {
  const deployments = wholeNumber("deployments", values.deployments);
  const definition = values.definition ? readDefinition(values.definition) : usualDefinition(deployments);
  const place = await newRunStore(storeName(values.store));
  const wish: Wish = {
    ...{ deployments, definition, calm: values.calm, store: place.settings },
    ...{
      hours: wholeNumber("hours", values.hours),
      seed: wholeNumber("seed", values.seed),
      people: wholeNumber("people", values.people),
    },
  };
  try {
    const result = await simulate(wish);
    console.log(summaryOf(wish, result));
    return tally(result).failed > 0 ? 1 : 0;
  } finally {
    await place.remove();
  }
}

function storeName(text: string): StoreName {
  if (text === "embedded" || text === "postgresql") return text;
  throw new Error("--store is embedded or postgresql.");
}
