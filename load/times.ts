import { createHistogram } from "node:perf_hooks";

/** Latencies in milliseconds, kept with three significant figures. */
export type Times = {
  record(ms: number): void;
  count(): number;
  /** The latency that so many percent don't exceed. */
  at(percent: number): number;
  max(): number;
};

const MICRO = 1000;

export function newTimes(): Times {
  const histogram = createHistogram();
  return {
    record: (ms) => histogram.record(Math.max(1, Math.round(ms * MICRO))),
    count: () => histogram.count,
    at: (percent) => histogram.percentile(percent) / MICRO,
    max: () => histogram.max / MICRO,
  };
}
