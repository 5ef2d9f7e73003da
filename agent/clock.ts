import { uptime } from "node:os";

/** The clock of an agent. It is passed in, so that hundreds of agents can run through a simulated week. */
export type Clock = {
  /** The wall clock, in milliseconds since 1970; people can set it. */
  wall(): number;
  /** A monotonic clock, in milliseconds. */
  ticks(): number;
  /** Milliseconds since the machine started: nobody can set it, and it goes on when the agent starts again. */
  uptime(): number;
  /** Runs once after so many milliseconds; returns a function that cancels it. A simulation waits for the promise. */
  after(ms: number, run: () => Promise<void>): () => void;
};

export const machineClock: Clock = {
  wall: () => Date.now(),
  ticks: () => performance.now(),
  uptime: () => uptime() * 1000,
  after(ms, run) {
    const timer = setTimeout(() => void run(), ms);
    return () => clearTimeout(timer);
  },
};
