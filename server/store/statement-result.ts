import { AsyncLocalStorage } from "node:async_hooks";
import { perProcess } from "./per-process";
import { isDiskFull, isStoreAway, isUnanswered } from "./store-away";

/** A statement was sent and not answered: what it did is not known, and it is never run again by us. */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : "The statement was not answered.", { cause });
    this.name = "OutcomeUnknown";
  }
}

/** `arrived` is when the request came, by the clock of `performance`; see deadline.ts. */
type Effects = { inDoubt: boolean; arrived: number; hasMissedStore?: boolean };

const CHANGES = /\b(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COMMIT)\b/i;
/** How long a store counts as full after a statement failed for that, in milliseconds. */
const FULL_MS = 10_000;

const effects = () => perProcess("effects", () => new AsyncLocalStorage<Effects>());
const disk = () => perProcess("disk", () => ({ fullAt: Number.NEGATIVE_INFINITY }));

/** Runs a request that may change something: from then on `isInDoubt` can tell whether it may have. */
export function withEffects<T>(request: () => T, arrived = arrival()): T {
  return effects().run({ inDoubt: false, arrived }, request);
}

/** Does the work of a request; what it is handed tells whether the store did not serve it meanwhile. */
export function watchingStore<T>(work: (hasMissedStore: () => boolean) => T): T {
  const own: Effects = { inDoubt: false, arrived: UNHURRIED };
  return effects().run(own, () => work(() => own.hasMissedStore === true));
}

/** When the request of this moment came; infinitely late for what has no end, as pages, commands and jobs. */
export function arrival(): number {
  return effects().getStore()?.arrived ?? UNHURRIED;
}

export const UNHURRIED = Number.POSITIVE_INFINITY;

export function delayArrival(ms: number): void {
  const own = effects().getStore();
  if (own) own.arrived += ms;
}

/** Notes for the request of this moment that something of it was committed, or may have been. */
export function noteChange(): void {
  const own = effects().getStore();
  if (own) own.inDoubt = true;
}

/** The same for a statement that is committed, unless it only reads. */
export function noteCommit(text: string): void {
  const own = effects().getStore();
  if (own && !own.inDoubt) own.inDoubt = CHANGES.test(text);
}

/**
 * The error that a failed statement comes to. `text` names the statement; null is one in a transaction, of which one
 * may say that it was lost. A read that was not answered changed nothing.
 */
export function noteLoss(error: unknown, text: string | null): unknown {
  if (isDiskFull(error)) disk().fullAt = performance.now();
  const own = effects().getStore();
  if (own && isStoreAway(error)) own.hasMissedStore = true;
  if (!isUnanswered(error) || (text !== null && !CHANGES.test(text))) return error;
  noteChange();
  return new OutcomeUnknown(error);
}

/** Whether one may not say any more that the failed request of this moment changed nothing. */
export function isInDoubt(error: unknown): boolean {
  return (
    (error instanceof Error && error.name === "OutcomeUnknown") || effects().getStore()?.inDoubt === true
  );
}

/** Whether a statement failed lately because there was no room. */
export function isDiskFullNow(): boolean {
  return performance.now() - disk().fullAt < FULL_MS;
}
