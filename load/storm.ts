import { setTimeout as pause } from "node:timers/promises";
import { atLeast, type Line, plain } from "@/bench/results";
import { type Random, seeded } from "@/server/sample/random";
import { startCosts } from "./costs";
import { compareStand, openStand, type Stand } from "./stand";
import { reconnect, type StormAgent, settle } from "./storm-agent";
import { newTimes } from "./times";

export type StormWish = { agents: number; seconds: number };

const AGENTS_OF_LICENSE = 20;
const AT_ONCE = 16;

/** Many agents that an outage cut off come back within so many seconds, to a server that has just started. */
export async function storm({ agents, seconds }: StormWish): Promise<Line[]> {
  const stand = await openStand({ licenses: Math.ceil(agents / AGENTS_OF_LICENSE), seats: agents });
  const random = seeded(1);
  const all = await settledAgents(stand, agents, random);
  await stand.stop();
  Object.assign(stand.target, { refused: 0, unanswered: 0 });
  await stand.start();
  const lines = await measured(stand, all, seconds, random);
  await stand.stop();
  const live = all.filter(({ isAdded }) => isAdded).length;
  await compareStand(stand, { consumed: 0, live });
  return [
    ...lines,
    { what: "Minutes booked, exactly as acknowledged", value: String(stand.totals.consumed) },
    { what: "Users assigned, exactly as acknowledged", value: String(live) },
  ];
}

/** Agents that have their definition and all assignments, as before an outage. */
async function settledAgents(stand: Stand, many: number, random: Random): Promise<StormAgent[]> {
  const settled: StormAgent[] = [];
  const nextOnes = async () => {
    for (let site = next(); site; site = next()) settled.push(await settle(stand, site, random));
  };
  let begun = 0;
  const next = () => (begun < many ? stand.sites[begun++ % stand.sites.length] : undefined);
  await Promise.all(Array.from({ length: AT_ONCE }, nextOnes));
  return settled;
}

async function measured(
  stand: Stand,
  agents: readonly StormAgent[],
  seconds: number,
  random: Random,
): Promise<Line[]> {
  const [calls, rounds] = [newTimes(), newTimes()];
  const costs = startCosts(stand);
  const begun = performance.now();
  await Promise.all(
    agents.map(async (agent) => {
      const planned = begun + random.next() * seconds * 1000;
      await pause(Math.max(0, planned - performance.now()));
      await reconnect(agent, stand, { planned, random, calls });
      rounds.record(performance.now() - planned);
    }),
  );
  const took = performance.now() - begun;
  const { refused, unanswered } = stand.target;
  return [
    atLeast(`Agents back within ${seconds} s, everything acknowledged`, rounds.count(), agents.length, 0),
    plain("  the last one after: s", took / 1000, 1),
    plain("  requests", calls.count(), 0),
    plain("  median of a request: ms", calls.at(50), 1),
    plain("  p99: ms", calls.at(99), 1),
    plain("  p99 of all requests of an agent together: ms", rounds.at(99), 1),
    plain("  refused with Retry-After, and repeated when it said so", refused, 0),
    plain("  without a response, and repeated", unanswered, 0),
    ...costs.of(calls.count()),
  ];
}
