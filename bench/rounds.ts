import type { Contender } from "./contenders";
import type { Measured, Order } from "./load";
import type { Load } from "./load-process";
import type { Scenario } from "./scenarios";

export type Plan = { scenario: Scenario; connections: number; rounds: number; seconds: number };

/** The measurements of the contenders in each round, in order. */
export type Rounds = Map<Contender, Measured[]>;

const WARM_UP_S = 1;

/** Alternates the contenders, each round in another order, after a warm-up round each. */
export async function takeTurns(load: Load, prefix: string, who: Contender[], plan: Plan): Promise<Rounds> {
  const { scenario, connections, rounds, seconds } = plan;
  const order = (contender: Contender, duration: number): Order => ({
    target: prefix + contender,
    scenario,
    connections,
    seconds: duration,
  });
  for (const contender of who) await load.run(order(contender, WARM_UP_S));
  const measured: Rounds = new Map(who.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const contender of rotated(who, round))
      measured.get(contender)?.push(await load.run(order(contender, seconds)));
  return measured;
}

function rotated<T>(items: T[], by: number): T[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

/** Alternates measurements, after a round to warm up. Returns the values of each, round by round. */
export async function alternate<Name extends string>(
  names: readonly Name[],
  rounds: number,
  measure: (name: Name) => Promise<number>,
): Promise<Record<Name, number[]>> {
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round += 1)
    for (const name of round % 2 ? names.toReversed() : names) {
      const value = await measure(name);
      if (round > 0) values[name].push(value);
    }
  return values;
}

/** The median over the rounds of how many times as large the first is. */
export function medianRatio(values: readonly number[], others: readonly number[]): number {
  return median(values.map((value, round) => value / (others[round] ?? Number.NaN)));
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [
    sorted[sorted.length % 2 ? middle : middle - 1],
    sorted[middle],
  ];
  return (low + high) / 2;
}

export function figures(rounds: Rounds, who: Contender): { perSecond: number; p99Ms: number } {
  const mine = rounds.get(who) ?? [];
  return {
    perSecond: median(mine.map(({ perSecond }) => perSecond)),
    p99Ms: median(mine.map(({ p99Ms }) => p99Ms)),
  };
}

/** How many times as fast the product API is: the median over the rounds, whose halves ran one after the other. */
export function ratio(rounds: Rounds, to: Contender): number {
  const others = rounds.get(to) ?? [];
  const mine = rounds.get("door") ?? [];
  return medianRatio(
    mine.map(({ perSecond }) => perSecond),
    others.map(({ perSecond }) => perSecond),
  );
}
