import { storeFigures } from "@/server/metrics/license-facts";
import { licenseMetrics } from "@/server/metrics/license-metrics";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore } from "@/server/store/store";
import { atMost, type Line } from "./results";
import { median } from "./rounds";
import { newDatabase } from "./stores";
import { fillLicenses, LICENSES, seedTenThousand } from "./ten-thousand";

const ROUNDS = 9;
const SCRAPE_MS = 200;
/** Later than a text is kept. */
const APART_MS = 60_000;

/** The cost of `/metrics` in a store of 10,000 licenses with 50,000 deployments, on PostgreSQL. */
export async function measureMetrics(server: string): Promise<Line[]> {
  const settings = await newDatabase(server);
  await seedTenThousand(settings);
  await openStore(parseEnv(settings));
  try {
    const now = new Date();
    await fillLicenses(now);
    return await measured(now);
  } finally {
    await closeStore();
  }
}

async function measured(now: Date): Promise<Line[]> {
  const cold = await timed(() => storeFigures(now));
  const statements: number[] = [];
  const scrapes: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    statements.push(await timed(() => storeFigures(now)));
    const at = new Date(now.getTime() + round * APART_MS);
    scrapes.push(await timed(() => licenseMetrics(at)));
  }
  const last = new Date(now.getTime() + ROUNDS * APART_MS);
  const kept = await timed(() => licenseMetrics(last));
  const samples = (await licenseMetrics(last)).split("\n").filter((line) => !line.startsWith("#"));
  const what = `${LICENSES} licenses`;
  return [
    atMost(`Metrics, ${what}, the statement and its rows: ms`, median(statements), SCRAPE_MS, 0),
    { what: "Metrics, statement and text: ms", value: median(scrapes).toFixed(0) },
    { what: "Metrics, first scrape of a day, with definitions: ms", value: cold.toFixed(0) },
    { what: "Metrics, a scrape within 15 s: ms", value: kept.toFixed(2) },
    {
      what: "Metrics, samples",
      value: String(samples.length),
    },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
