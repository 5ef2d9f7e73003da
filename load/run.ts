// Load that lasts, on the production build and a durable PostgreSQL: npm run load -- NAME, with
//   steady [--minutes 10] [--rate 1000] [--call report | idleSync]
//   hour [--minutes 60] [--rate 50]
//   storm [--agents 10000] [--seconds 60]
// Exits with 1 if a target is missed, or if the store doesn't have exactly what was acknowledged.
import { parseArgs } from "node:util";
import { cleanUp } from "@/bench/cleanup";
import { isAnyMissed, type Line, written } from "@/bench/results";
import { hour } from "./hour";
import { steady } from "./steady";
import { storm } from "./storm";

const RUNS: Record<string, () => Promise<Line[]>> = {
  /** One-element reports, or idle syncs, at a constant rate, and a stop under it. */
  steady: () => steady({ minutes: number("minutes", 10), rate: number("rate", 1000), call: calls() }),
  /** Everything at once, at a rate that leaves the machine room: does memory, or anything else, grow? */
  hour: () => hour({ minutes: number("minutes", 60), rate: number("rate", 50) }),
  /** Agents that come back after an outage. */
  storm: () => storm({ agents: number("agents", 10_000), seconds: number("seconds", 60) }),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    call: { type: "string" },
    minutes: { type: "string" },
    rate: { type: "string" },
    agents: { type: "string" },
    seconds: { type: "string" },
  },
});

for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)));

try {
  const run = RUNS[positionals[0] ?? ""];
  if (!run) throw new Error(`Name a run: ${Object.keys(RUNS).join(", ")}.`);
  const lines = await run();
  console.log(written(lines));
  if (isAnyMissed(lines)) process.exitCode = 1;
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await cleanUp();
  process.exit(); // After a failure, work may still be under way.
}

function calls() {
  const { call = "report" } = values;
  if (call === "report" || call === "idleSync") return call;
  throw new Error("--call takes report or idleSync.");
}

function number(name: keyof typeof values, usual: number): number {
  const given = Number(values[name] ?? usual);
  if (given > 0) return given;
  throw new Error(`--${name} takes a number above 0.`);
}
