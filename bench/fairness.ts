import { startProductApi } from "./contenders";
import type { Load } from "./load-process";
import { atMost, type Line, plain } from "./results";
import { alternate, median, medianRatio } from "./rounds";
import { newDatabase, seed } from "./stores";

const SIZE = { licenses: 65, assigned: 5000 };
const SCENARIOS = { onePatch: "Syncs with one patch", idleSync: "Idle syncs" } as const;
const CONNECTIONS = [64, 16];
const ROUNDS = 5;
const SECONDS = 4;
const MOST = 2;

type Plan = { scenario: keyof typeof SCENARIOS; connections: number };

/** Syncs of 64 licenses, in turn alone and while another license adds and releases 5,000 seats with each of its syncs. */
export async function measureFairness(load: Load, heavy: Load, server: string): Promise<Line[]> {
  const settings = await newDatabase(server);
  const [large, ...others] = await seed(settings, SIZE);
  const { port, stop } = await startProductApi(settings);
  await load.open({ name: "others", port, sites: others });
  await heavy.open({ name: "large", port, sites: large ? [large] : [] });
  const lines: Line[] = [];
  for (const scenario of ["onePatch", "idleSync"] as const)
    for (const connections of CONNECTIONS)
      lines.push(...(await compare(load, heavy, { scenario, connections })));
  await stop();
  return lines;
}

async function compare(load: Load, heavy: Load, plan: Plan): Promise<Line[]> {
  const { alone, beside } = await alternate(["alone", "beside"], ROUNDS, async (name) => {
    return (await besideFullSyncs(load, name === "beside" ? heavy : null, plan)).p99Ms;
  });
  return [
    plain(`${SCENARIOS[plan.scenario]} at ${plan.connections}: p99 in ms`, median(alone), 0),
    plain("  while another license sends 5,000 patches a sync", median(beside), 0),
    atMost("  times as long", medianRatio(beside, alone), MOST),
  ];
}

async function besideFullSyncs(load: Load, heavy: Load | null, plan: Plan) {
  const [measured] = await Promise.all([
    load.run({ target: "others", seconds: SECONDS, ...plan }),
    heavy?.run({ target: "large", scenario: "fullSync", connections: 1, seconds: SECONDS }),
  ]);
  return measured;
}
