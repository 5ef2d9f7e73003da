import { startProductApi } from "./contenders";
import type { Load } from "./load-process";
import type { Server } from "./processes";
import type { Growth } from "./results";
import { median } from "./rounds";
import type { Scenario } from "./scenarios";
import { newDatabase, type Size, seed } from "./stores";

const STORES: Record<"small" | "big", Size> = {
  small: { licenses: 1, assigned: 100, crowd: { licenses: 99, assigned: 100 } },
  big: { licenses: 1, assigned: 100_000, crowd: { licenses: 9_000, assigned: 100 } },
};
const NAMES = ["small", "big"] as const;
const ROUNDS = 7;
const SECONDS = 0.8;

/** The cost of a sync for a license of 100,000 assignments among 1,000,000, compared with one of 100 among 10,000. */
export async function measureGrowth(load: Load, server: string): Promise<Growth> {
  const doors: Server[] = [];
  for (const name of NAMES) {
    const settings = await newDatabase(server);
    const sites = await seed(settings, STORES[name]);
    const door = await startProductApi(settings);
    doors.push(door);
    await load.open({ name, port: door.port, sites });
  }
  const growth = { idleSync: await compare(load, "idleSync"), onePatch: await compare(load, "onePatch") };
  for (const { stop } of doors) await stop();
  return growth;
}

async function compare(load: Load, scenario: Scenario): Promise<number> {
  const costs = { small: [] as number[], big: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const name of round % 2 ? NAMES.toReversed() : NAMES) {
      const { medianMs } = await load.run({ target: name, scenario, connections: 1, seconds: SECONDS });
      // The first round is a warm-up.
      if (round > 0) costs[name].push(medianMs);
    }
  return median(costs.big.map((cost, round) => cost / (costs.small[round] ?? Number.NaN)));
}
