import { arrival, delayArrival, UNHURRIED } from "./statement-result";

/** Every request of the APIs ends within this time of its arrival (milliseconds). */
const REQUEST_MS = 15_000;

/** A wait that could end too late for its request wasn't started. The class name counts as a store that is away. */
export class OutOfTime extends Error {
  override name = "OutOfTime";
  constructor() {
    super("The request has waited too long for the database.");
  }
}

/** Whether a wait of at most `ms` could end after the deadline of the current request. */
export function isLate(ms: number, within = REQUEST_MS): boolean {
  return timeLeft(within) < ms;
}

/** How long the current request may still wait; infinitely long if nothing waits for a response. */
export function timeLeft(within = REQUEST_MS): number {
  return within - (performance.now() - arrival());
}

/** From here on the current request has no deadline: it makes many short changes, or starts work that outlives it. */
export function waiveDeadline(): void {
  delayArrival(UNHURRIED);
}

/** Only waits for the store count: not a body that arrives, nor a key that a busy machine generates. */
export function offTheClock<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  return work().then((result) => {
    delayArrival(performance.now() - begun);
    return result;
  });
}
