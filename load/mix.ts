import { SCENARIOS, type Scenario } from "@/bench/scenarios";
import { seeded } from "@/server/sample/random";
import { startArrivals } from "./arrivals";
import { acknowledged, callersOf } from "./callers";
import { type Running, repeated } from "./repeated";
import type { Stand } from "./stand";
import type { Times } from "./times";

/** How often each call is made, of a hundred. */
const SHARES: [Scenario, number][] = [
  ["report", 30],
  ["agentReport", 14],
  ["leasedReport", 2],
  ["batch", 2],
  ["idleSync", 30],
  ["onePatch", 14],
  ["activation", 7],
  ["lef", 1],
];
const BIG_SYNC_EVERY_MS = 120_000;

/** Products of all licenses but one, at random moments, and of that one with a sync of 5,000 changes now and then. */
export function startMix({ sites, totals, target }: Stand, rate: number, times: Times): Running[] {
  const [large, ...others] = sites;
  if (!large) throw new Error("There is no license.");
  const random = seeded(1);
  // A license has one deployment here: two would not know the seats that the other one added.
  const callers = callersOf(others, others.length, others.length);
  const products = startArrivals(rate, random, (planned) =>
    callers.turn(async (caller) => {
      const scenario = chosen(random.next() * 100);
      await acknowledged(caller, target, SCENARIOS[scenario](totals, caller.site, caller.source));
      times.record(performance.now() - planned);
    }),
  );
  const big = callersOf([large], 1, 1);
  const bigSyncs = repeated(BIG_SYNC_EVERY_MS, () =>
    big.turn((caller) =>
      acknowledged(caller, target, SCENARIOS.fullSync(totals, caller.site, caller.source)),
    ),
  );
  return [products, bigSyncs];
}

/** The call at a number from 0 to 100. */
function chosen(dice: number): Scenario {
  let sum = 0;
  for (const [scenario, share] of SHARES) {
    sum += share;
    if (dice < sum) return scenario;
  }
  return "report";
}
