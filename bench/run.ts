// Measures the product API against a bare server with the same SQL and against a first draft as a team would write
// it, on both stores, in one run: npm run bench [-- --json] [--against COMMIT], the latter beside the server of an
// earlier commit. One of the measurements of PARTS alone: npm run bench -- NAME
// Exits with 1 if a target is missed.
import { measureAttention } from "./attention";
import { checkOut, commitToCompare } from "./before";
import { cleanUp } from "./cleanup";
import { measureEvents } from "./events";
import { measureFairness } from "./fairness";
import { measureGrowth } from "./growth";
import { measureLeases } from "./leases";
import { type Load, startLoad } from "./load-process";
import { measurePglite, measurePostgres } from "./measure";
import { measureMetrics } from "./metrics";
import { measurePeer } from "./peer";
import { productionPostgres } from "./postgres";
import { asJson, isAnyMissed, type Line, linesOf, type Results, written } from "./results";
import { measureSearch, measureSearchEmbedded, searchLines } from "./search";
import { measureSessions } from "./sessions";
import { measureTracing } from "./tracing";
import { measureUploads } from "./uploads";
import { measureUsers } from "./users";

for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)));

/** Measurements that run alone, by name. */
const PARTS: Record<string, () => Promise<Line[]>> = {
  /** Searches in encrypted subjects of one license. */
  search: () => onPostgres(searches),
  /** Searches for users over 1,000,000 assignments. */
  users: () => onPostgres(measureUsers),
  /** Logs of deployments without a network. */
  uploads: () => onPostgres(measureUploads),
  /** Events through outbox and delivery, beside the hot paths. */
  events: async () => {
    const before = await earlier();
    return onPostgres((url) => measureEvents(startLoad(), startLoad(), url, before));
  },
  /** Reports that reserve minutes beside reports that don't. */
  leases: () => onPostgres((url) => measureLeases(startLoad(), url)),
  /** Syncs of many licenses while one sends 5,000 patches at a time. */
  fairness: () => onPostgres((url) => measureFairness(startLoad(), startLoad(), url)),
  /** PouchDB Server, which it installs, beside syncs. */
  peer: () => onPostgres((url) => measurePeer(startLoad(), url)),
  /** A month of 1,000,000 sessions. */
  sessions: () => onPostgres(measureSessions),
  /** The metrics of 10,000 licenses. */
  metrics: () => onPostgres(measureMetrics),
  /** The bell and the overview of 10,000 licenses. */
  attention: () => onPostgres(measureAttention),
  /** What traces cost. */
  traces: measureTracing,
};

try {
  const part = PARTS[process.argv.find((name) => name in PARTS) ?? ""];
  if (part) report(await part());
  else {
    const results = await measure(startLoad());
    report(linesOf(results), process.argv.includes("--json") ? asJson(results) : undefined);
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await cleanUp();
}

/** Prints results; one that misses its target makes the command exit with 1. */
function report(lines: Line[], text = written(lines)): void {
  console.log(text);
  if (isAnyMissed(lines)) process.exitCode = 1;
}

async function measure(load: Load): Promise<Results> {
  const before = await earlier();
  const postgres = await productionPostgres();
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
  const postgres = await productionPostgres();
  const result = await measurement(postgres.url());
  await postgres.stop();
  return result;
}

async function searches(url: string): Promise<Line[]> {
  const large = searchLines("PostgreSQL, 100,000 of 1,000,000", await measureSearch(url));
  return [...large, ...searchLines("PGlite, 100,000", await measureSearchEmbedded())];
}
