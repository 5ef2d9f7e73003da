import type { Clock } from "./clock";

type Timer = { at: number; run: () => Promise<void> };

/** A clock that moves only on request. The wall clock can be set apart from the time that passes. */
export class VirtualClock implements Clock {
  private passed = 0;
  private readonly timers = new Set<Timer>();

  constructor(
    private readonly begin: string,
    /** How far the wall clock is off, in milliseconds. */
    public skew = 0,
  ) {}

  wall = () => this.time() + this.skew;
  ticks = () => this.passed;
  uptime = () => this.passed;

  /** True time, in milliseconds since 1970. */
  time = () => Date.parse(this.begin) + this.passed;

  after = (ms: number, run: () => Promise<void>) => {
    const timer = { at: this.passed + ms, run };
    this.timers.add(timer);
    return () => {
      this.timers.delete(timer);
    };
  };

  /** Lets time pass; what becomes due runs in order, each to its end. */
  async advance(ms: number): Promise<void> {
    const end = this.passed + ms;
    for (let timer = this.next(end); timer; timer = this.next(end)) {
      this.timers.delete(timer);
      this.passed = Math.max(this.passed, timer.at);
      await timer.run();
    }
    this.passed = end;
  }

  private next(end: number): Timer | undefined {
    return [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
