import type { Load } from "./load-process";
import { median } from "./rounds";
import type { Scenario } from "./scenarios";

/** How many LEF retrievals a server answers per second, and the ratio to its activations. */
export type Retrieval = { perSecond: number; p99Ms: number; toActivation: number };

const PAIR = ["activation", "lef"] as const satisfies Scenario[];
const ROUNDS = 3;
const SECONDS = 3;
const CONNECTIONS = 64;

/** Alternates retrievals and activations on one server, after a warm-up round. */
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
