import { AsyncLocalStorage } from "node:async_hooks";
import { perProcess } from "./per-process";
import { isDiskFull, isStoreAway, isUnanswered } from "./store-away";

/** A statement was sent and got no response: its effect is unknown, and we never run it again. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : "The statement was not answered.", { cause });
    this.name = "OutcomeUnknown";
  }
}

/** `arrived` is when the request came, by the clock of `performance`; see deadline.ts. */
type Effects = { inDoubt: boolean; arrived: number; hasMissedStore?: boolean };

const CHANGES_DATA = /\b(INSERT|UPDATE|DELETE|MERGE|TRUNCATE)\b/i;
const CHANGES = /\b(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COMMIT)\b/i;
/** How long a store counts as full after a statement failed for that, in milliseconds. */
const FULL_MS = 10_000;

const effects = () => perProcess("effects", () => new AsyncLocalStorage<Effects>());
const disk = () => perProcess("disk", () => ({ fullAt: Number.NEGATIVE_INFINITY }));

/** Whether a statement can change data; also one that only locks rows counts. */
export function changesData(text: string): boolean {
  return CHANGES_DATA.test(text);
}

/** Runs a request that may change something: from then on `isInDoubt` can tell whether it may have. */
export function withEffects<T>(request: () => T, arrived = arrival()): T {
  return effects().run({ inDoubt: false, arrived }, request);
}

/** Runs the work of a request, which can ask whether the store was away meanwhile. */
export function watchingStore<T>(work: (hasMissedStore: () => boolean) => T): T {
  const own: Effects = { inDoubt: false, arrived: UNHURRIED };
  return effects().run(own, () => work(() => own.hasMissedStore === true));
}

/** When the current request arrived; infinitely late for work without a deadline, such as pages, commands and jobs. */
export function arrival(): number {
  return effects().getStore()?.arrived ?? UNHURRIED;
}

export const UNHURRIED = Number.POSITIVE_INFINITY;

export function delayArrival(ms: number): void {
  const own = effects().getStore();
  if (own) own.arrived += ms;
}

/** Records for the current request that something of it was committed, or may have been. */
export function noteChange(): void {
  const own = effects().getStore();
  if (own) own.inDoubt = true;
}

/** Records a change for a statement that is committed, unless it only reads. */
export function noteCommit(text: string): void {
  const own = effects().getStore();
  if (own && !own.inDoubt) own.inDoubt = CHANGES.test(text);
}

/**
 * The error for a failed statement. `text` is the statement; null is one in a transaction, which is known to be
 * rolled back. A read without a response changed nothing.
 */
export function noteLoss(error: unknown, text: string | null): unknown {
  if (isDiskFull(error)) disk().fullAt = performance.now();
  const own = effects().getStore();
  if (own && isStoreAway(error)) own.hasMissedStore = true;
  if (!isUnanswered(error) || (text !== null && !CHANGES.test(text))) return error;
  noteChange();
  return new OutcomeUnknown(error);
}

/** Whether it is no longer certain that the failed current request changed nothing. */
export function isInDoubt(error: unknown): boolean {
  return (
    (error instanceof Error && error.name === "OutcomeUnknown") || effects().getStore()?.inDoubt === true
  );
}

/** Whether a statement failed lately because the disk was full. */
export function isDiskFullNow(): boolean {
  return performance.now() - disk().fullAt < FULL_MS;
}
