/** The time that an agent lives in. Handed in, so that hundreds of them can run in one simulated week. */
export type Clock = {
  /** The wall clock, in milliseconds since 1970; people set it. */
  wall(): number;
  /** A clock that only runs on, in milliseconds. */
  ticks(): number;
  /** Runs once after so many milliseconds; answers how to call it off. A simulation waits for the promise. */
  after(ms: number, run: () => Promise<void>): () => void;
};

export const machineClock: Clock = {
  wall: () => Date.now(),
  ticks: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(() => void run(), ms);
    return () => clearTimeout(timer);
  },
};
