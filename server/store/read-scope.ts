import { AsyncLocalStorage } from "node:async_hooks";
import { perProcess } from "./per-process";

/** The replica was chosen at a time, and had everything that was committed until another; by the clock of `performance`. */
export type Choice = { at: number; until: number };

/**
 * What a request reads: everything that was committed when it asked, or if it may lag, what was committed some seconds
 * before. Its first statement chooses between primary and replica, and the choice holds for the others. `until` is that
 * of a replica which was read.
 */
export type ReadScope = { mayLag: boolean; choice?: Promise<Choice | null>; until?: number };

/** The scope in force, and whether `readRecent` may open one that lags. */
type Reads = { scope: ReadScope; allowsLag: boolean };

const reads = () => perProcess("reads", () => new AsyncLocalStorage<Reads>());

/** Runs a request that only reads: its lists and overviews may come from a replica. */
export function withReads<T>(allowsLag: boolean, work: () => T): T {
  return reads().run({ scope: { mayLag: false }, allowsLag }, work);
}

/**
 * Reads what may be some seconds old where the request allows it. `asOf` is when it was complete, for the page to show;
 * null for what didn't come from a replica. If nothing was found, it is read again without lag.
 */
export async function readRecent<T>(
  work: () => Promise<T>,
  isEmpty: (value: T) => boolean,
): Promise<{ value: T; asOf: Date | null }> {
  const outer = reads().getStore();
  const scope: ReadScope = { mayLag: outer?.allowsLag === true };
  const value = await (outer ? reads().run({ ...outer, scope }, work) : work());
  if (scope.until === undefined) return { value, asOf: null };
  return isEmpty(value) ? { value: await work(), asOf: null } : { value, asOf: dateOf(scope.until) };
}

export function readScope(): ReadScope | undefined {
  return reads().getStore()?.scope;
}

/** Whether the request needs everything that was committed when it asked, whichever server has done it. */
export function mustBeCurrent(): boolean {
  return reads().getStore()?.allowsLag === false;
}

function dateOf(moment: number): Date {
  return new Date(Date.now() - (performance.now() - moment));
}
