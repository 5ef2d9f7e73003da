import { perProcess } from "@/server/store/per-process";

/** A reading is shared for so many times as long as it took: reading costs a twentieth of a core at most. */
const REST = 20;
const MOST_MS = 15_000;

const readings = () => perProcess("shared-readings", () => new Map<string, Promise<unknown>>());

/**
 * The result of a reading that everybody who asks under the same key shares, also for a while after it ended: 15
 * seconds at most, and less if it was quick. A failed one is not kept.
 */
export function sharedReading<Result>(key: string, read: () => Promise<Result>): Promise<Result> {
  const all = readings();
  const known = all.get(key);
  if (known) return known as Promise<Result>;
  const begun = performance.now();
  const reading = read();
  all.set(key, reading);
  const forget = () => {
    if (all.get(key) === reading) all.delete(key);
  };
  const keep = () => {
    setTimeout(forget, Math.min(MOST_MS, REST * (performance.now() - begun))).unref();
  };
  reading.then(keep, forget);
  return reading;
}

/** Whoever changed something wants to see that. */
export function forgetReadings(): void {
  readings().clear();
}
