import { setTimeout as pause } from "node:timers/promises";
import { atMost, type Line, plain } from "@/bench/results";
import { SCENARIOS } from "@/bench/scenarios";
import { seeded } from "@/server/sample/random";
import { startArrivals } from "./arrivals";
import { acknowledged, callersOf } from "./callers";
import { startCosts } from "./costs";
import { type Running, runningOf } from "./repeated";
import { compareStand, openStand, type Stand } from "./stand";
import { newTimes, type Times } from "./times";

/** `call` is what deployments send; `rate` is how many a second. */
export type SteadyWish = { minutes: number; rate: number; call: "report" | "idleSync" };
type Rhythm = Omit<SteadyWish, "minutes">;

const LICENSES = 320;
const CALLERS = 256;
const MOST_P99_MS = 100;
/** Compiled code and filled caches come first. */
const WARM_UP_MS = 10_000;
/** How long the load runs before the stop. */
const BEFORE_STOP_MS = 5000;

/** One kind of call by the clock for some minutes; then the server gets SIGTERM under the same load, and starts again. */
export async function steady({ minutes, ...rhythm }: SteadyWish): Promise<Line[]> {
  const stand = await openStand({ licenses: LICENSES });
  const lines = [...(await measured(stand, minutes, rhythm)), ...(await stoppedUnder(stand, rhythm))];
  await compareStand(stand);
  return [
    ...lines,
    { what: "Minutes booked, exactly as acknowledged", value: String(stand.totals.consumed) },
  ];
}

async function measured(stand: Stand, minutes: number, rhythm: Rhythm): Promise<Line[]> {
  const warmUp = startCalls(stand, rhythm);
  await pause(WARM_UP_MS);
  await warmUp.stop();
  const times = newTimes();
  const costs = startCosts(stand);
  const begun = performance.now();
  const calls = startCalls(stand, rhythm, times);
  await Promise.race([pause(minutes * 60_000), calls.ended]);
  await calls.stop();
  const perSecond = (times.count() * 1000) / (performance.now() - begun);
  const { refused, unanswered } = stand.target;
  return [
    plain(`Calls/s (${rhythm.call}) for ${minutes} min, of ${rhythm.rate} planned`, perSecond, 1),
    plain("  median from the planned moment: ms", times.at(50), 1),
    atMost("  p99: ms", times.at(99), MOST_P99_MS, 1),
    plain("  p99.9: ms", times.at(99.9), 1),
    plain("  longest: ms", times.max(), 0),
    atMost("  refused or without a response", refused + unanswered, 0, 0),
    ...costs.of(times.count()),
  ];
}

/** Everything that was acknowledged stays, and what wasn't is repeated: afterwards the totals have to be exact. */
async function stoppedUnder(stand: Stand, rhythm: Rhythm): Promise<Line[]> {
  const calls = startCalls(stand, rhythm);
  await pause(BEFORE_STOP_MS);
  const begun = performance.now();
  const code = await stand.stop();
  const stopMs = performance.now() - begun;
  const ended = calls.stop();
  await stand.start();
  await ended;
  const { refused, unanswered } = stand.target;
  await stand.stop();
  return [
    plain("SIGTERM under this load, until the server ended: ms", stopMs, 0),
    { what: "  exit code", value: String(code), target: "0", isMet: code === 0 },
    plain("  refused then, and repeated", refused, 0),
    plain("  without a connection or a response, and repeated", unanswered, 0),
  ];
}

function startCalls({ sites, totals, target }: Stand, { rate, call }: Rhythm, times?: Times): Running {
  const callers = callersOf(sites, CALLERS);
  const arrivals = startArrivals(rate, seeded(1), (planned) =>
    callers.turn(async (caller) => {
      await acknowledged(caller, target, SCENARIOS[call](totals, caller.site, caller.source));
      times?.record(performance.now() - planned);
    }),
  );
  const closing = arrivals.ended.finally(() => callers.close());
  return runningOf(closing, () => void arrivals.stop());
}
