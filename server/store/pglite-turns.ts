import { setImmediate } from "node:timers/promises";
import type { PGlite, Transaction } from "@electric-sql/pglite";
import { isLate, OutOfTime, timeLeft } from "./deadline";

/** When a statement of an embedded store begins later than this, it could end after its request's deadline; see pools.ts. */
export type TurnBounds = { statementMs: number; requestMs?: number };

/** Refuses work that could end after the deadline of the current request. */
export type InTime = <T>(statement: () => Promise<T>) => Promise<T>;

export function inTimeOf({ statementMs, requestMs }: TurnBounds): InTime {
  return async (statement) => {
    if (isLate(statementMs, requestMs)) throw new OutOfTime();
    return statement();
  };
}

/**
 * An embedded store serves one statement after the other, within this process. A request that waits for its turn
 * gives up in time for its deadline, and its statement is never run then. A running statement can't be interrupted:
 * it holds the whole process.
 */
export function boundTurns(lite: PGlite, { statementMs, requestMs }: TurnBounds): void {
  const takeTurn = sharing(lite._runExclusiveTransaction.bind(lite));
  lite._runExclusiveTransaction = (work) => {
    const patienceMs = timeLeft(requestMs) - statementMs;
    return Number.isFinite(patienceMs) ? turnWithin(patienceMs, takeTurn, work) : takeTurn(work);
  };
}

type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** The process may be held for this long before it handles other events. */
const HELD_MS = 10;

/**
 * A statement of an embedded store never waits for anything, so consecutive ones would hold the process: no request
 * would be read, and no timer would fire, until the end of a long piece of work. Between two turns other work gets
 * its turn.
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

/** The clock is read again when the turn comes: a timer fires late if a statement held the process. */
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
