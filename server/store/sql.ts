import type { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { markedTransaction } from "./commit-mark";
import { preparedOn } from "./pglite-statements";
import type { InTime } from "./pglite-turns";
import { noteCommit, noteLoss, OutcomeUnknown } from "./statement-result";
import { sqlState } from "./store-away";
import { traced } from "./tracing";

/** A hot statement: prepared once per connection under its name. */
export type Statement = { name: string; text: string };

/**
 * The small interface through which the few hot statements reach the store, on PostgreSQL and on PGlite alike.
 * `bigint` comes back as number (select an instance as text), `date` as text, `timestamptz` as Date.
 */
export type Sql = {
  query<Row>(statement: Statement, values: unknown[]): Promise<Row[]>;
  /**
   * Runs the work in one transaction; after a deadlock or a lock time-out it runs once more. One without a response
   * is never repeated. Statements run in the order in which they are sent: one that isn't awaited costs no round trip
   * of its own, and if it fails nothing is committed.
   */
  transaction<T>(work: (tx: Pick<Sql, "query">) => Promise<T>): Promise<T>;
};

/** The name of a transaction's span. */
const TRANSACTION = "transaction";
const INT8 = 20;
const DATE = 1082;
const DEADLOCK = "40P01";
const LOCK_TIMEOUT = "55P03";

/** A refusal later than this isn't retried, since the request has to end (milliseconds). */
const RETRY_WITHIN_MS = 3000;

/** How the hot statements read values. */
export const HOT_TYPES = {
  getTypeParser(id: number, format?: "text" | "binary") {
    if (id === INT8) return Number;
    if (id === DATE) return (text: string) => text;
    return pg.types.getTypeParser(id, format ?? "text");
  },
};

/** Session settings of every connection: prepared plans that never fall back to reading a whole table. */
export const HOT_SETTINGS = {
  timezone: "UTC",
  plan_cache_mode: "force_generic_plan",
  enable_seqscan: "off",
  jit: "off",
  lock_timeout: "2s",
};

export function sqlOnPool(pool: pg.Pool): Sql {
  return {
    query: ({ name, text }, values) =>
      traced(name, () => watched(text, () => rowsOf(pool, { name, text, values }))),
    transaction: (work) =>
      traced(TRANSACTION, () => retried(() => watched("COMMIT", () => pooled(pool, work)))),
  };
}

async function rowsOf<Row>(
  on: pg.Pool | pg.PoolClient,
  query: Statement & { values: unknown[] },
): Promise<Row[]> {
  return (await on.query(query)).rows as Row[];
}

/** Runs a statement that commits when it ends, or a whole transaction. */
async function watched<T>(text: string, run: () => Promise<T>): Promise<T> {
  try {
    const result = await run();
    noteCommit(text);
    return result;
  } catch (error) {
    throw noteLoss(error, text);
  }
}

async function pooled<T>(pool: pg.Pool, work: (tx: Pick<Sql, "query">) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const [marked, sent] = [markedTransaction(), sentStatements()];
  try {
    sent.add(begin(client));
    const result = await work({
      query: ({ name, text }, values) => {
        marked.note(text);
        return sent.add(traced(name, () => rowsOf(client, { name, text, values })));
      },
    });
    await marked.beforeCommit(
      async ({ text, values }) => (await sent.add(client.query(text, values))).rowCount ?? 0,
    );
    sent.add(client.query("COMMIT"));
    await sent.all();
    client.release();
    return result;
  } catch (error) {
    await client.query("ROLLBACK").then(
      () => client.release(),
      () => client.release(true),
    );
    throw error;
  }
}

/**
 * If the database cancels it, the statements behind it may have been committed one by one. A fatal error ends the
 * session, so that none of them ran.
 */
function begin(client: pg.PoolClient): Promise<unknown> {
  return client.query("BEGIN").catch((error) => {
    const goesOn = error instanceof pg.DatabaseError && error.severity === "ERROR";
    throw goesOn ? new OutcomeUnknown(error) : error;
  });
}

/** The statements of a transaction. Those behind a failed one fail with its error; `all` waits for the rest. */
function sentStatements() {
  const sent: Promise<unknown>[] = [];
  let failure: { error: unknown } | undefined;
  return {
    add<Result>(statement: Promise<Result>): Promise<Result> {
      const result = statement.catch((error) => {
        failure ??= { error };
        throw failure.error;
      });
      result.catch(() => {}); // Nobody may be waiting for it before `all` does.
      sent.push(result);
      return result;
    },
    all: () => Promise.all(sent),
  };
}

export function sqlOnPglite(lite: PGlite, inTime: InTime): Sql {
  const { alone, within } = preparedOn(lite, { [INT8]: Number, [DATE]: (text) => text });
  return {
    query: ({ name, text }, values) => traced(name, () => watched(text, () => alone(text, values))),
    transaction: (work) =>
      traced(TRANSACTION, () =>
        retried(() =>
          watched("COMMIT", () =>
            lite.transaction(async (tx) => {
              const [marked, sent] = [markedTransaction(), sentStatements()];
              const result = await work({
                query: ({ name, text }, values) => {
                  marked.note(text);
                  return sent.add(traced(name, () => inTime(() => within(tx, text, values))));
                },
              });
              await sent.all();
              await marked.beforeCommit(
                async ({ text, values }) => (await tx.query(text, values)).affectedRows ?? 0,
              );
              return inTime(async () => result);
            }),
          ),
        ),
      ),
  };
}

/** Runs the work once more if the database chose it as a victim: nothing of the first run is left. */
export async function retried<T>(run: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await run();
  } catch (error) {
    if (isContention(error) && performance.now() - begun < RETRY_WITHIN_MS) return run();
    throw error;
  }
}

function isContention(error: unknown): boolean {
  const code = sqlState(error);
  return code === DEADLOCK || code === LOCK_TIMEOUT;
}
