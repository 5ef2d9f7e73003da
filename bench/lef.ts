import type { Load } from "./load-process";
import { median } from "./rounds";
import type { Scenario } from "./scenarios";

/** How many LEF a server answers, and how many times as fast as it activates. */
export type Retrieval = { perSecond: number; p99Ms: number; toActivation: number };

const PAIR = ["activation", "lef"] as const satisfies Scenario[];
const ROUNDS = 3;
const SECONDS = 3;
const CONNECTIONS = 64;

/** Lets retrievals and activations take turns on one server, after a round that does not count. */
export async function measureLef(load: Load, target: string): Promise<Retrieval> {
  const rates = { activation: [] as number[], lef: [] as number[] };
  const slowest: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const scenario of round % 2 ? PAIR.toReversed() : PAIR) {
      const measured = await load.run({ target, scenario, connections: CONNECTIONS, seconds: SECONDS });
      if (round === 0) continue;
      rates[scenario].push(measured.perSecond);
      if (scenario === "lef") slowest.push(measured.p99Ms);
    }
  const toActivation = median(rates.lef.map((rate, round) => rate / (rates.activation[round] ?? Number.NaN)));
  return { perSecond: median(rates.lef), p99Ms: median(slowest), toActivation };
}
