import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import type { Random } from "@/server/sample/random";
import { type Running, runningOf } from "./repeated";

/**
 * Starts so many requests a second at random moments, whether earlier ones have ended or not. Each gets the moment
 * that was planned for it, on the clock of `performance`: latency counts from there, so that a server that stalls
 * can't hide it by holding up the load.
 */
export function startArrivals(
  perSecond: number,
  random: Random,
  arrive: (planned: number) => Promise<void>,
): Running {
  const open = new Set<Promise<void>>();
  const faults: unknown[] = [];
  let isOver = false;
  const begin = (planned: number) => {
    const one: Promise<void> = arrive(planned)
      .catch((fault) => void faults.push(fault))
      .finally(() => open.delete(one));
    open.add(one);
  };
  const clock = async () => {
    let planned = performance.now();
    while (!isOver && faults.length === 0) {
      planned += (-Math.log(1 - random.next()) * 1000) / perSecond;
      const early = Math.ceil(planned - performance.now());
      await (early > 0 ? pause(early) : nextTurn());
      begin(planned);
    }
    await Promise.all(open);
    if (faults.length > 0) throw faults[0];
  };
  return runningOf(clock(), () => {
    isOver = true;
  });
}
