// Measures the product API against a bare server with the same SQL and against a first draft as a team would write
// it, on both stores, in one run: npm run bench [-- --json] [--against COMMIT], the latter beside the server of an
// earlier commit. One of the measurements of PARTS alone: npm run bench -- NAME
import { embeddedPostgres } from "@/scripts/postgres";
import { measureAttention } from "./attention";
import { checkOut, commitToCompare } from "./before";
import { atEnd, cleanUp } from "./cleanup";
import { measureEvents } from "./events";
import { measureFairness } from "./fairness";
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

/** Measurements that run alone, by name. */
const PARTS: Record<string, () => Promise<string>> = {
  /** Searches in encrypted subjects of one license. */
  search: () => onPostgres(searches),
  /** Searches for users over 1,000,000 assignments. */
  users: () => onPostgres(async (url) => written(await measureUsers(url))),
  /** Logs of deployments without a network. */
  uploads: () => onPostgres(async (url) => written(await measureUploads(url))),
  /** Events through outbox and delivery, beside the hot paths. */
  events: async () => {
    const before = await earlier();
    return onPostgres(async (url) => written(await measureEvents(startLoad(), startLoad(), url, before)));
  },
  /** Reports that reserve minutes beside reports that don't. */
  leases: () => onPostgres(async (url) => written(await measureLeases(startLoad(), url))),
  /** Syncs of many licenses while one sends 5,000 patches at a time. */
  fairness: () => onPostgres(async (url) => written(await measureFairness(startLoad(), startLoad(), url))),
  /** A month of 1,000,000 sessions. */
  sessions: () => onPostgres(async (url) => written(await measureSessions(url))),
  /** The metrics of 10,000 licenses. */
  metrics: () => onPostgres(async (url) => written(await measureMetrics(url))),
  /** The bell and the overview of 10,000 licenses. */
  attention: () => onPostgres(async (url) => written(await measureAttention(url))),
  /** What traces cost. */
  traces: async () => written(await measureTracing()),
};

try {
  const part = process.argv.find((name) => name in PARTS);
  if (part) console.log(await PARTS[part]?.());
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

/** A checkout of the commit to compare with, if the command line names one. */
async function earlier(): Promise<string | undefined> {
  const commit = commitToCompare(process.argv);
  return commit && checkOut(commit);
}

async function onPostgres<T>(measurement: (url: string) => Promise<T>): Promise<T> {
  const postgres = await embeddedPostgres(SERVER);
  atEnd(() => postgres.remove());
  const result = await measurement(postgres.url());
  await postgres.stop();
  return result;
}

async function searches(url: string): Promise<string> {
  const large = searchLines("PostgreSQL, 100,000 of 1,000,000", await measureSearch(url));
  return written([...large, ...searchLines("PGlite, 100,000", await measureSearchEmbedded())]);
}
