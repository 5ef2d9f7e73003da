import type pg from "pg";
import { isStoreAway } from "./store-away";

const TRANSACTION_MODE =
  " points to a pooler that uses a different session for each transaction. Signet keeps prepared statements, locks and settings in its sessions, so set pool_mode = session for this database. PgBouncer 1.21 and later keep prepared statements in transaction mode (max_prepared_statements), but still not the rest.";

type Kept = { name: string; value: string; wanted: string };

/**
 * The value in force, then the value that was set, both as the database writes them; the latter is undone with the
 * statement.
 */
const KEPT = `SELECT name, current_setting(name) AS value, set_config(name, setting, true) AS wanted
  FROM unnest($1::text[], $2::text[]) AS s(name, setting)`;

/** Checks that sessions are ours alone and keep their settings; throws a sentence if a pooler swaps or loses them. */
export async function proveSessions(
  pool: pg.Pool,
  settings: Record<string, string>,
  variable = "DATABASE_URL",
): Promise<void> {
  const [one, two] = [await pool.connect(), await pool.connect()];
  try {
    if (await isSwapped(one, two)) throw new Error(variable + TRANSACTION_MODE);
    const { rows } = await one.query<Kept>(KEPT, [Object.keys(settings), Object.values(settings)]);
    const lost = rows.find(({ value, wanted }) => value !== wanted);
    if (lost)
      throw new Error(
        `The database did not keep the setting ${lost.name} = ${lost.wanted} of a session: it is ${lost.value}. A pooler in between must keep what SET sets.`,
      );
  } finally {
    one.release(true);
    two.release(true);
  }
}

/**
 * While one session is inside a transaction, no pooler can lend it out: the state of the other one shows whether it
 * was lent.
 */
async function isSwapped(one: pg.PoolClient, two: pg.PoolClient): Promise<boolean> {
  const first = await backendOf(one);
  try {
    await two.query("BEGIN");
    return (await backendOf(two)) === first || (await backendOf(one)) !== first;
  } catch (error) {
    if (isStoreAway(error)) return true; // The pooler refuses transactions at all, or has a single session for both.
    throw error;
  }
}

async function backendOf(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  return rows[0]?.pid ?? 0;
}
