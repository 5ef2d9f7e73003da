import type { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { preparedOn } from "./pglite-statements";

/** A hot statement: prepared once per connection under its name. */
export type Statement = { name: string; text: string };

/**
 * The small port through which the few hot statements reach the store, on PostgreSQL and on PGlite alike.
 * `bigint` comes back as number (select an instance as text), `date` as text, `timestamptz` as Date.
 */
export type Sql = {
  query<Row>(statement: Statement, values: unknown[]): Promise<Row[]>;
  /** Runs the work in one transaction; a deadlock or a lock time-out runs it once more. */
  transaction<T>(work: (tx: Pick<Sql, "query">) => Promise<T>): Promise<T>;
};

const INT8 = 20;
const DATE = 1082;
const DEADLOCK = "40P01";
const LOCK_TIMEOUT = "55P03";

const types = {
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

export function hotPool(connectionString: string): pg.Pool {
  const options = Object.entries({ ...HOT_SETTINGS, statement_timeout: "15s" })
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
  return new pg.Pool({ connectionString, options, types, max: 8, connectionTimeoutMillis: 5000 });
}

export function sqlOnPool(pool: pg.Pool): Sql {
  const on = (client: pg.Pool | pg.PoolClient): Pick<Sql, "query"> => ({
    query: async <Row>({ name, text }: Statement, values: unknown[]) =>
      (await client.query({ name, text, values })).rows as Row[],
  });
  return { ...on(pool), transaction: (work) => retried(() => pooled(pool, (client) => work(on(client)))) };
}

async function pooled<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
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

export function sqlOnPglite(lite: PGlite): Sql {
  const { alone, within } = preparedOn(lite, { [INT8]: Number, [DATE]: (text) => text });
  return {
    query: ({ text }, values) => alone(text, values),
    transaction: (work) =>
      retried(() =>
        lite.transaction((tx) => work({ query: ({ text }, values) => within(tx, text, values) })),
      ),
  };
}

/** Runs it once more when the database chose it as a victim: nothing of the first run is left. */
export async function retried<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (isContention(error)) return run();
    throw error;
  }
}

function isContention(error: unknown): boolean {
  const code = sqlState(error);
  return code === DEADLOCK || code === LOCK_TIMEOUT;
}

export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
