import { setTimeout as pause } from "node:timers/promises";

/** Work that goes on until it is stopped, or something fails. */
export type Running = {
  /** Resolves when nothing is under way any more; rejects if something failed. */
  ended: Promise<void>;
  /** Ends it, and waits for that. */
  stop(): Promise<void>;
};

export function runningOf(ended: Promise<void>, end: () => void): Running {
  ended.catch(() => {}); // Whoever waits for it gets the reason.
  return {
    ended,
    stop() {
      end();
      return ended;
    },
  };
}

/** Does one thing after the other, with so many milliseconds between them, until it is stopped. */
export function repeated(everyMs: number, work: () => Promise<unknown>): Running {
  const end = new AbortController();
  const run = async () => {
    while (!end.signal.aborted) {
      await work();
      await pause(everyMs, undefined, { signal: end.signal }).catch(() => {});
    }
  };
  return runningOf(run(), () => end.abort());
}
