import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { holdDataFolder } from "./data-folder";
import type { Env } from "./env";
import { withoutTimeouts } from "./migrations";
import { openPglite } from "./open-pglite";

/** A transaction without Prisma and without time limits, for work on every table. */
export type PlainTx = {
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Runs a script of several statements. */
  run(script: string): Promise<void>;
};

/** Runs work in one transaction: all of it is kept, or nothing. */
export type OneTransaction = <T>(work: (tx: PlainTx) => Promise<T>) => Promise<T>;

/** On PostgreSQL each transaction has a connection of its own, whose end rolls back what isn't committed. */
function transactionsInDatabase(connectionString: string): OneTransaction {
  return async (work) => {
    const pool = withoutTimeouts(connectionString);
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      const result = await work({
        query: async <Row>(text: string, values?: unknown[]) =>
          (await client.query(text, values)).rows as Row[],
        run: async (script) => void (await client.query(script)),
      });
      await client.query("COMMIT");
      return result;
    } finally {
      client.release(true);
      await pool.end();
    }
  };
}

/** The embedded store serves nothing else until the transaction ends. */
export function transactionsOn(lite: PGlite): OneTransaction {
  return (work) =>
    lite.transaction((tx) =>
      work({
        query: async <Row>(text: string, values?: unknown[]) => (await tx.query<Row>(text, values)).rows,
        run: async (script) => void (await tx.exec(script)),
      }),
    );
}

type Place = Pick<Env, "DATABASE_URL" | "DATA_DIR">;

/** Runs work on the store of the settings as it is: it isn't migrated. An embedded store that is new stays only if the work succeeds. */
export async function withTransactions<T>(
  { DATABASE_URL, DATA_DIR }: Place,
  work: (transaction: OneTransaction) => Promise<T>,
): Promise<T> {
  if (DATABASE_URL) return work(transactionsInDatabase(DATABASE_URL));
  const release = await holdDataFolder(DATA_DIR);
  const place = join(DATA_DIR, "pg");
  const isNew = !existsSync(/* turbopackIgnore: true */ place);
  try {
    const lite = await openPglite(DATA_DIR);
    return await work(transactionsOn(lite)).finally(() => lite.close());
  } catch (error) {
    if (isNew) rmSync(/* turbopackIgnore: true */ place, { recursive: true, force: true });
    throw error;
  } finally {
    await release();
  }
}
