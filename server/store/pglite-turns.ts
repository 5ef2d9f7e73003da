import { setImmediate } from "node:timers/promises";
import type { PGlite, Transaction } from "@electric-sql/pglite";
import { isLate, OutOfTime, timeLeft } from "./deadline";

/** A statement of an embedded store that begins this late or later could end after its request has to; see pools.ts. */
export type TurnBounds = { statementMs: number; requestMs?: number };

/** Refuses what could end after the request of this moment has to. */
export type InTime = <T>(statement: () => Promise<T>) => Promise<T>;

export function inTimeOf({ statementMs, requestMs }: TurnBounds): InTime {
  return async (statement) => {
    if (isLate(statementMs, requestMs)) throw new OutOfTime();
    return statement();
  };
}

/**
 * An embedded store serves one after the other, within this process. Who waits for a turn gives up in time for the
 * request to end, and is never run then. What runs can't be broken off: it holds the whole process.
 */
export function boundTurns(lite: PGlite, { statementMs, requestMs }: TurnBounds): void {
  const takeTurn = sharing(lite._runExclusiveTransaction.bind(lite));
  lite._runExclusiveTransaction = (work) => {
    const patienceMs = timeLeft(requestMs) - statementMs;
    return Number.isFinite(patienceMs) ? turnWithin(patienceMs, takeTurn, work) : takeTurn(work);
  };
}

type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** The process may be held for so long before it looks at what else came. */
const HELD_MS = 10;

/**
 * A statement of an embedded store never waits for anything, so one after the other would hold the process: no request
 * was read, and no timer fired, until the last of a long work. Between two turns others get theirs.
 */
function sharing(takeTurn: Turn): Turn {
  let free = performance.now();
  return (work) =>
    takeTurn(async () => {
      if (performance.now() - free > HELD_MS) {
        await setImmediate();
        free = performance.now();
      }
      return work();
    });
}

/** The clock is read again when the turn comes: a timer fires late where a statement held the process. */
function turnWithin<T>(ms: number, takeTurn: Turn, work: () => Promise<T>): Promise<T> {
  const latest = performance.now() + ms;
  return new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new OutOfTime()), Math.max(0, ms));
    const turn = takeTurn(async () => {
      clearTimeout(giveUp);
      if (performance.now() > latest) throw new OutOfTime();
      return work();
    });
    turn.then(resolve, reject);
  });
}

/** The same transaction, which begins no statement that could end too late. */
export function transactionInTime(transaction: Transaction, inTime: InTime): Transaction {
  const query = transaction.query.bind(transaction);
  const exec = transaction.exec.bind(transaction);
  return Object.assign(transaction, {
    query: (...parts: Parameters<typeof query>) => inTime(() => query(...parts)),
    exec: (...parts: Parameters<typeof exec>) => inTime(() => exec(...parts)),
  });
}
