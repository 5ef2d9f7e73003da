// Kills server and agent at random points, and simulates days with fleets, each with its seed: npm run torture [--
// --points 200 --fleets 20 --deployments 200 --hours 48 --minute-fleets 20 --minute-deployments 50 --minute-hours 48
// --seed 1]
import { parseArgs } from "node:util";
import type { StoreName } from "@/scripts/run-store";
import { runFleet } from "./fleets";
import { killAndCompare } from "./kills";
import { runMinuteFleet } from "./minute-fleets";

process.env.LOG_LEVEL ??= "error";

/** One seed: its name and its run. */
type Job = { name: string; run(): Promise<Result> };
type Result = { told: string; broken: string[] };

const { values } = parseArgs({
  options: {
    points: { type: "string", default: "200" },
    fleets: { type: "string", default: "20" },
    deployments: { type: "string", default: "200" },
    hours: { type: "string", default: "48" },
    "minute-fleets": { type: "string", default: "20" },
    "minute-deployments": { type: "string", default: "50" },
    "minute-hours": { type: "string", default: "48" },
    seed: { type: "string", default: "1" },
  },
});
const points = whole("points");
const fleets = whole("fleets");
const deployments = whole("deployments");
const hours = whole("hours");
const firstSeed = whole("seed");

/** Kill points on one store before it is compared: so few that the seed of a broken rule can soon be run alone. */
const POINTS_AT_ONCE = 5;
/** As many lanes as the smallest machine has cores: one kills, the other simulates days, and then both do the rest. */
const jobs = [...killJobs(), ...minuteFleetJobs(), ...fleetJobs()];
const lanes = [() => jobs.shift(), () => jobs.pop()];

// Processes that the run starts don't keep this process alive, and it waits for their end.
const awake = setInterval(() => {}, 60_000);
const results = (await Promise.all(lanes.map(runLane))).flat();
clearInterval(awake);
const failed = results.filter((isKept) => !isKept).length;
console.log(`\n${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** Two seeds at least, one for each store. */
function killJobs(): Job[] {
  const atOnce = Math.min(POINTS_AT_ONCE, Math.ceil(points / 2));
  return Array.from({ length: Math.ceil(points / Math.max(atOnce, 1)) }, (_, nth) => {
    const seed = firstSeed + nth;
    const store: StoreName = seed % 2 === 1 ? "embedded" : "postgresql";
    const many = Math.min(atOnce, points - nth * atOnce);
    return {
      name: `${many} kill points, seed ${seed}, ${store}`,
      run: () => killAndCompare({ store, points: many, seed }),
    };
  });
}

/** The embedded store, which is meant for small installations, takes twice as long: it gets every fourth seed. */
function fleetJobs(): Job[] {
  return Array.from({ length: fleets }, (_, nth) => {
    const seed = firstSeed + nth;
    const store: StoreName = seed % 4 === 0 ? "embedded" : "postgresql";
    return {
      name: `${deployments} deployments for ${hours} hours, seed ${seed}, ${store}`,
      run: () => runFleet({ deployments, hours, seed, store }),
    };
  });
}

/** Fleets that use up a pool of minutes; every fourth seed also restores the server and copies machines' memory. */
function minuteFleetJobs(): Job[] {
  const wish = { deployments: whole("minute-deployments"), hours: whole("minute-hours") };
  return Array.from({ length: whole("minute-fleets") }, (_, nth) => {
    const seed = firstSeed + nth;
    return {
      name: `minutes of ${wish.deployments} deployments for ${wish.hours} hours, seed ${seed}`,
      run: () => runMinuteFleet({ ...wish, seed, isExtreme: seed % 4 === 1 }),
    };
  });
}

/** Runs one job after the other; returns for each whether every rule held. */
async function runLane(next: () => Job | undefined): Promise<boolean[]> {
  const kept: boolean[] = [];
  for (let job = next(); job; job = next()) {
    const begun = performance.now();
    const { told, broken } = await job
      .run()
      .catch((error: unknown) => ({ told: "", broken: [String(error)] }));
    const seconds = Math.round((performance.now() - begun) / 1000);
    console.log(`${broken.length > 0 ? "BROKEN" : "ok    "}  ${job.name}, ${seconds} s: ${told}`);
    for (const each of broken) console.log(`        ${each}`);
    kept.push(broken.length === 0);
  }
  return kept;
}

function whole(name: keyof typeof values): number {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new Error(`--${name} takes a whole number.`);
}
