import { monthOf } from "@/domain/month";
import { storeFigures } from "@/server/metrics/license-facts";
import { licenseMetrics } from "@/server/metrics/license-metrics";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore, store } from "@/server/store/store";
import { atMost, type Line } from "./results";
import { median } from "./rounds";
import { newDatabase, seed } from "./stores";

const LICENSES = 10_000;
const DEPLOYMENTS = 5;
const ROUNDS = 9;
const SCRAPE_MS = 200;
/** Later than a text is kept. */
const APART_MS = 60_000;

/** The cost of `/metrics` in a store of 10,000 licenses with 50,000 deployments, on PostgreSQL. */
export async function measureMetrics(server: string): Promise<Line[]> {
  const settings = await newDatabase(server);
  await seed(settings, { licenses: 1, assigned: 10, crowd: { licenses: LICENSES - 1, assigned: 10 } });
  await openStore(parseEnv(settings));
  try {
    const now = new Date();
    await fill(now);
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

/** Every license gets a definition of its own, usage of this month and the last, deployments, a key and a rejection. */
async function fill(now: Date): Promise<void> {
  const month = monthOf(now);
  for (const { text, values } of fillings(now, month)) await store().sql.query({ name: "", text }, values);
  await store().db.$executeRawUnsafe(
    "VACUUM ANALYZE license, definition, allotment, usage_month, deployment, signed_key, rejection, audit_verification",
  );
}

function fillings(now: Date, month: string): { text: string; values: unknown[] }[] {
  return [
    {
      text: `INSERT INTO definition (id, license, version, effective_from, content)
        SELECT gen_random_uuid(), l.number, l.version, $1, d.content FROM license l JOIN definition d ON d.id = l.definition_id
        WHERE NOT EXISTS (SELECT FROM definition o WHERE o.license = l.number)`,
      values: [now],
    },
    {
      text: "UPDATE license l SET definition_id = d.id FROM definition d WHERE d.license = l.number",
      values: [],
    },
    { text: "UPDATE license SET updated_at = $1::timestamptz - interval '1 day'", values: [now] },
    {
      text: `INSERT INTO usage_month (license, allotment, month, total)
        SELECT license, key, m, 1000 FROM allotment, unnest($1::text[]) m WHERE class = 'time'`,
      values: [[month, "2026-01"]],
    },
    {
      text: `INSERT INTO deployment (license, source, jti, first_seen, last_seen)
        SELECT number, gen_random_uuid(), gen_random_uuid(), $1, $1::timestamptz - n * interval '5 hours'
        FROM license, generate_series(1, $2::int) n`,
      values: [now, DEPLOYMENTS],
    },
    {
      text: `INSERT INTO signed_key (jti, license, kid, issued_at)
        SELECT gen_random_uuid(), number, (SELECT kid FROM signing_key LIMIT 1), $1 FROM license`,
      values: [now],
    },
    {
      text: `INSERT INTO rejection (license, allotment, subject_index, source, code, subject, first_at, last_at)
        SELECT number, 'professional', sha256(number::bytea), 'bench', 'NO_AVAILABLE_UNITS', '', $1, $1 FROM license`,
      values: [now],
    },
    {
      text: `INSERT INTO audit_verification (chain, at, by_kind, by, events)
        SELECT number, $1, 'system', 'bench', 1 FROM license`,
      values: [now],
    },
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
