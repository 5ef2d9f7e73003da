import { randomBytes } from "node:crypto";
import pg from "pg";
import { type RunningServer, startServer } from "@/e2e/server";
import { brokenRules } from "@/e2e/store-check";
import { embeddedPostgres, type OwnPostgres } from "@/scripts/postgres";
import type { Stage } from "./scenario";

const SIGNET_SECRET = randomBytes(32).toString("base64");

/** The settings of every server in a run, beside its database. */
export function settingsFor(DATABASE_URL: string): Record<string, string> {
  return { DATABASE_URL, SIGNET_SECRET, LOG_LEVEL: "warn" };
}

/** A database of its own, which is removed with the scenario. A durable one keeps acknowledged changes when it fails. */
export async function ownPostgres({ atEnd }: Stage, settings = {}, durable = false): Promise<OwnPostgres> {
  const postgres = await embeddedPostgres({ settings, durable });
  atEnd(() => postgres.remove());
  return postgres;
}

/** A server until the scenario ends; what it stored is checked then. */
export async function serve({ atEnd, check }: Stage, url: string): Promise<RunningServer> {
  const settings = settingsFor(url);
  const server = await startServer(settings);
  atEnd(async () => {
    const broken = await brokenRules(settings);
    check("signet check finds nothing", broken === "", broken);
  });
  atEnd(() => server.kill());
  return server;
}

/** Changes a setting of a running database for all connections, including open ones. */
export async function alter(postgres: OwnPostgres, statement: string): Promise<void> {
  await onPostgres(postgres, `ALTER SYSTEM ${statement}`, "SELECT pg_reload_conf()");
}

/** Runs statements one after the other, even if commits hang or writes are refused. */
export async function onPostgres(postgres: OwnPostgres, ...statements: string[]): Promise<void> {
  const options = "-c synchronous_commit=local -c default_transaction_read_only=off";
  const client = new pg.Client({ connectionString: postgres.url(), options });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** The lines of a server's log that have errors with a stack. */
export function stacksIn({ output }: RunningServer): string[] {
  return output()
    .split("\n")
    .filter((line) => line.includes('"stack"') || /^\s+at /.test(line));
}
