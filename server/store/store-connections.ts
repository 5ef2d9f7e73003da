import type { Database } from "./database-url";
import { type DatabaseWatch, watchDatabase } from "./database-watch";
import { forgetDataKeys } from "./per-process";
import { openPool, type Patience } from "./pools";
import { HOT_SETTINGS, HOT_TYPES } from "./sql";

/**
 * `longMs` is the limit for locks held by others and for a whole transaction, in place of the default that serves
 * requests best.
 */
export type Waits = Patience & { longMs?: number };

/** For work that reads or writes whole tables while nobody waits: commands, and the queue of jobs. */
export const PATIENT: Patience = { connectMs: 10_000, statementMs: 3_600_000 };

/** The database gives up before we do, and then reports it: nothing is left of the statement. */
const SERVER_SHARE = 0.9;

/** What the pools of one database share; see pools.ts. */
type Shared = { renewals: Set<() => void>; watch: DatabaseWatch };

/** One pool for hot statements, one for Prisma, and a small one for the job queue, which may take its time. */
export function openConnections(database: Database, waits: Waits) {
  const shared = { renewals: new Set<() => void>(), watch: watchDatabase(forgetDataKeys) };
  const { hot, main, settings } = clientPools(database, waits, shared);
  const { timezone } = settings;
  const jobs = openPool(database, { ...PATIENT, max: 2, settings: { timezone }, ...shared });
  const end = () => Promise.allSettled([hot, main, jobs].map((pool) => pool.end()));
  return { hot, main, settings, jobs, end };
}

/** The first two of them for a replica; `renew` drops all connections. */
export function openReadConnections(database: Database, waits: Waits) {
  const renewals = new Set<() => void>();
  const renew = () => {
    for (const each of renewals) each();
  };
  const watch = watchDatabase(renew);
  const { hot, main, settings } = clientPools(database, waits, { renewals, watch });
  const end = () => Promise.allSettled([hot, main].map((pool) => pool.end()));
  return { hot, main, settings, watch, renew, end };
}

function clientPools(database: Database, { longMs, ...patience }: Waits, shared: Shared) {
  const limit = `${Math.round(patience.statementMs * SERVER_SHARE)}ms`;
  const locks = longMs === undefined ? {} : { lock_timeout: `${longMs}ms` };
  const settings = { ...HOT_SETTINGS, ...locks, statement_timeout: limit };
  const { timezone, lock_timeout, statement_timeout } = settings;
  const own = { timezone, lock_timeout, statement_timeout };
  const choice = { ...patience, max: 8, ...shared };
  const hot = openPool(database, { ...choice, settings, types: HOT_TYPES, pipeline: true });
  const main = openPool(database, { ...choice, settings: own });
  return { hot, main, settings };
}
