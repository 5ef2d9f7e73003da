import { randomUUID } from "node:crypto";
import pg from "pg";

/** Creates a database with a name of its own beside the one that `server` names, empty or as a copy of another. */
export async function createDatabase(server: string, template?: string): Promise<string> {
  const name = `signet_test_${randomUUID().replaceAll("-", "")}`;
  await execute(server, `CREATE DATABASE ${name} TEMPLATE ${template ?? "template0"}`);
  return name;
}

export function dropDatabase(server: string, name: string): Promise<void> {
  return execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/** The same connection string for another database. */
export function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function execute(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
