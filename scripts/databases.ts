import { randomBytes } from "node:crypto";
import pg from "pg";

/**
 * Creates a database beside the one that `server` names: an empty one, or a copy of another. The copy's name begins with
 * that of `first`, of which the other may be a copy itself: names have 63 bytes at most.
 */
export async function createDatabase(server: string, template?: string, first = template): Promise<string> {
  const name = `${first ?? "signet_test"}_${randomBytes(8).toString("hex")}`;
  await queryOn(server, `CREATE DATABASE ${name} TEMPLATE ${template ?? "template0"}`);
  return name;
}

export async function dropDatabase(server: string, name: string): Promise<void> {
  await queryOn(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** Drops a database and the copies of it that are left. */
export async function dropWithCopies(server: string, name: string): Promise<void> {
  const copies = await queryOn<{ datname: string }>(
    server,
    "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
    [`${name}_`],
  );
  for (const { datname } of copies) await dropDatabase(server, datname);
  await dropDatabase(server, name);
}

/** The same connection string for another database. */
export function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Runs one statement on a connection of its own, and returns its rows. */
export async function queryOn<Row extends pg.QueryResultRow>(
  connectionString: string,
  statement: string,
  values: string[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(statement, values)).rows;
  } finally {
    await client.end();
  }
}
