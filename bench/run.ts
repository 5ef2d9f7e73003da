// Measures the product API against a bare server with the same SQL and against a first draft as a team would write
// it, on both stores, in one run: npm run bench [-- --json] [--against COMMIT], the latter beside the server of an
// earlier commit. Searches in encrypted subjects: npm run bench -- search. Logs of deployments without a network: npm run
// bench -- uploads. The metrics of 10,000 licenses: npm run bench -- metrics.
// What traces cost: npm run bench -- traces. A month of 1,000,000 sessions: npm run bench -- sessions. Searches for users
// over 1,000,000 assignments: npm run bench -- users. Reports that reserve minutes: npm run bench -- leases
import { embeddedPostgres } from "@/scripts/postgres";
import { checkOut, commitToCompare } from "./before";
import { atEnd, cleanUp } from "./cleanup";
import { measureEvents } from "./events";
import { measureGrowth } from "./growth";
import { measureLeases } from "./leases";
import { type Load, startLoad } from "./load-process";
import { measurePglite, measurePostgres } from "./measure";
import { measureMetrics } from "./metrics";
import { asJson, asTable, type Results, written } from "./results";
import { measureSearch, measureSearchEmbedded, searchLines } from "./search";
import { measureSessions } from "./sessions";
import { measureTracing } from "./tracing";
import { measureUploads } from "./uploads";
import { measureUsers } from "./users";

/** Configured like a production server, with enough memory for the measurements. */
const SERVER = { durable: true, settings: { shared_buffers: "512MB", max_wal_size: "4GB" } };

for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)));

try {
  if (process.argv.includes("search")) console.log(await searches());
  else if (process.argv.includes("uploads")) console.log(await uploads());
  else if (process.argv.includes("events")) console.log(await events());
  else if (process.argv.includes("leases")) console.log(await leases());
  else if (process.argv.includes("sessions")) console.log(await sessions());
  else if (process.argv.includes("metrics")) console.log(await metrics());
  else if (process.argv.includes("users")) console.log(await users());
  else if (process.argv.includes("traces")) console.log(written(await measureTracing()));
  else {
    const results = await measure(startLoad());
    console.log(process.argv.includes("--json") ? asJson(results) : asTable(results));
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await cleanUp();
}

async function measure(load: Load): Promise<Results> {
  const before = await earlier();
  const postgres = await embeddedPostgres(SERVER);
  atEnd(() => postgres.remove());
  const { compared, ...beside } = await measurePostgres(load, postgres.url(), before);
  const growth = await measureGrowth(load, postgres.url());
  await postgres.stop();
  const pglite = await measurePglite(load, before);
  return { postgresql: { ...compared, growth }, pglite, ...beside };
}

async function searches(): Promise<string> {
  const postgres = await embeddedPostgres(SERVER);
  atEnd(() => postgres.remove());
  const lines = searchLines("PostgreSQL, 100,000 of 1,000,000", await measureSearch(postgres.url()));
  await postgres.stop();
  return written([...lines, ...searchLines("PGlite, 100,000", await measureSearchEmbedded())]);
}

async function users(): Promise<string> {
  const postgres = await embeddedPostgres(SERVER);
  atEnd(() => postgres.remove());
  return written(await measureUsers(postgres.url()));
}

async function events(): Promise<string> {
  const before = await earlier();
  const postgres = await embeddedPostgres(SERVER);
  atEnd(() => postgres.remove());
  return written(await measureEvents(startLoad(), startLoad(), postgres.url(), before));
}

/** A checkout of the commit to compare with, if the command line names one. */
async function earlier(): Promise<string | undefined> {
  const commit = commitToCompare(process.argv);
  return commit && checkOut(commit);
}

async function uploads(): Promise<string> {
  const postgres = await embeddedPostgres(SERVER);
  atEnd(() => postgres.remove());
  return written(await measureUploads(postgres.url()));
}

async function leases(): Promise<string> {
  const postgres = await embeddedPostgres(SERVER);
  atEnd(() => postgres.remove());
  return written(await measureLeases(startLoad(), postgres.url()));
}

async function sessions(): Promise<string> {
  const postgres = await embeddedPostgres(SERVER);
  atEnd(() => postgres.remove());
  return written(await measureSessions(postgres.url()));
}

async function metrics(): Promise<string> {
  const postgres = await embeddedPostgres(SERVER);
  atEnd(() => postgres.remove());
  return written(await measureMetrics(postgres.url()));
}
