import { startProductApi } from "./contenders";
import type { Load } from "./load-process";
import { atMost, type Line, plain } from "./results";
import { alternate, median, medianRatio } from "./rounds";
import type { Scenario } from "./scenarios";
import { bindAll, newDatabase, seed } from "./stores";

const SIZE = { licenses: 320, assigned: 0 };
const SCENARIOS = ["report", "agentReport", "leasedReport"] as const satisfies Scenario[];
const CONNECTIONS = [64, 16];
const ROUNDS = 5;
const SECONDS = 3;
const MOST = 1.15;

/** Reports that reserve minutes beside reports that don't, in turn, on one server and the same bounded licenses. */
export async function measureLeases(load: Load, server: string): Promise<Line[]> {
  const settings = await newDatabase(server);
  const sites = await seed(settings, SIZE);
  await bindAll(settings);
  const { port, stop } = await startProductApi(settings);
  await load.open({ name: "leases", port, sites });
  const lines: Line[] = [];
  for (const connections of CONNECTIONS) lines.push(...(await compare(load, connections)));
  await stop();
  return lines;
}

async function compare(load: Load, connections: number): Promise<Line[]> {
  const rates = await alternate(SCENARIOS, ROUNDS, async (scenario) => {
    const { perSecond } = await load.run({ target: "leases", scenario, connections, seconds: SECONDS });
    return perSecond;
  });
  return [
    plain(`Reports at ${connections}: /s`, median(rates.report), 0),
    plain("  with leases, as an agent in steady use asks for them", median(rates.agentReport), 0),
    atMost("  cost of one of these, of one without", medianRatio(rates.report, rates.agentReport), MOST),
    plain("  with a request for a lease in every one", median(rates.leasedReport), 0),
    atMost("  cost of one of these, of one without", medianRatio(rates.report, rates.leasedReport), MOST),
  ];
}
