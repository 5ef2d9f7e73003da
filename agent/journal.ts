import type { State } from "./state";
import type { Store } from "./store";
import { observed, type Reading } from "./time";

/** Returns the next state and a result. A transition must be synchronous, and may run again on a later state. */
export type Transition<Result> = (state: State) => [State, Result];

/** The one place where an agent's state changes. */
export type Journal = {
  /** The state as it is on disk. */
  state(): State;
  /** Resolves once the new state is on disk: a result that was returned is never lost. */
  change<Result>(transition: Transition<Result>): Promise<Result>;
  /** Whether the state met the condition before the promise resolved. */
  until(isFulfilled: (state: State) => boolean, deadline: Promise<void>): Promise<boolean>;
  /** Resolves when nothing is being written. */
  settled(): Promise<void>;
};

type Waiting = { apply: (state: State) => State; written: () => void; failed: (error: unknown) => void };

/**
 * Changes that arrive together are written together, so that they wait for the disk once; each updates the time. If a
 * write fails, none of them happened.
 */
export function openJournal(store: Pick<Store, "save">, first: State, reading: () => Reading): Journal {
  let state = first;
  let waiting: Waiting[] = [];
  const watchers = new Set<() => void>();

  const writeAll = () => {
    const { next, applied } = applyAll(state, waiting);
    waiting = [];
    try {
      store.save(state, next);
      state = next.newLines.length > 0 ? { ...next, newLines: [] } : next;
      for (const each of applied) each.written();
    } catch (error) {
      for (const each of applied) each.failed(error);
    }
    for (const look of [...watchers]) look();
  };

  return {
    state: () => state,
    change: (transition) =>
      new Promise((done, failed) => {
        let written = () => {};
        const apply = (before: State) => {
          const seen = { ...before, time: observed(before.time, reading()) };
          const [next, result] = transition(seen);
          written = () => done(result);
          return next === seen ? before : next;
        };
        if (waiting.length === 0) setImmediate(writeAll);
        waiting.push({ apply, written: () => written(), failed });
      }),
    until: (isFulfilled, deadline) =>
      new Promise((done) => {
        const end = (fulfilled: boolean) => {
          watchers.delete(look);
          done(fulfilled);
        };
        const look = () => isFulfilled(state) && end(true);
        watchers.add(look);
        look();
        void deadline.then(() => end(false));
      }),
    settled: async () => {
      while (waiting.length > 0) await new Promise((done) => setImmediate(done));
    },
  };
}

/** A transition that throws fails alone. */
function applyAll(state: State, batch: readonly Waiting[]): { next: State; applied: Waiting[] } {
  let next = state;
  const applied: Waiting[] = [];
  for (const each of batch) {
    try {
      next = each.apply(next);
      applied.push(each);
    } catch (error) {
      each.failed(error);
    }
  }
  return { next, applied };
}
