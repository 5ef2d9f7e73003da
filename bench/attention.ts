import { setTimeout } from "node:timers/promises";
import type { Principal } from "@/server/access/gate";
import { overview, sharedOverview, worstCourses } from "@/server/overview/overview";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore, store } from "@/server/store/store";
import { PATIENT } from "@/server/store/store-connections";
import { atMost, type Line, plain } from "./results";
import { median } from "./rounds";
import { newDatabase, newFolder, type Settings } from "./stores";
import { fillLicenses, LICENSES, seedTenThousand } from "./ten-thousand";

const OWNER: Principal = {
  ...{ kind: "token", id: "bench", name: "bench", role: "owner" },
  ...{ customers: null, license: null },
};
const ROUNDS = 20;
const TABS = [1, 50];
const LOOK_MS = 150;
/** How often the bell of an open tab asks. */
const MINUTE = 60_000;
const USED_DAYS = 14;

/** What the bell and the overview of 10,000 licenses cost, on both stores, by the number of open tabs. */
export async function measureAttention(server: string): Promise<Line[]> {
  return [
    ...(await measureOn("PostgreSQL", await newDatabase(server))),
    ...(await measureOn("PGlite", await newFolder())),
  ];
}

async function measureOn(where: string, settings: Settings): Promise<Line[]> {
  await fillStore(settings, new Date());
  await openStore(parseEnv(settings));
  try {
    return [...(await readings(where)), ...(await minutesOf(TABS))];
  } finally {
    await closeStore();
  }
}

async function fillStore(settings: Settings, now: Date): Promise<void> {
  await seedTenThousand(settings);
  await openStore(parseEnv(settings), PATIENT);
  try {
    await fillLicenses(now);
    await fillUsage(now);
  } finally {
    await closeStore();
  }
}

/** Two weeks of usage in every license; in nine of ten licenses nothing needs attention. */
async function fillUsage(now: Date): Promise<void> {
  const { db } = store();
  await db.$executeRaw`
    INSERT INTO usage_day (license, allotment, month, day, source, consumed)
    SELECT license, key, to_char(day, 'YYYY-MM'), day, 'bench', 6
    FROM allotment, generate_series(${now}::date - ${USED_DAYS}::int, ${now}::date, interval '1 day') day WHERE class = 'time'`;
  await db.$executeRaw`DELETE FROM rejection WHERE right(license, 1) <> '0'`;
  await db.$executeRaw`UPDATE deployment SET last_seen = ${now} WHERE right(license, 1) <> '0'`;
  await db.$executeRawUnsafe("VACUUM ANALYZE usage_day, rejection, deployment");
}

async function readings(where: string): Promise<Line[]> {
  const first = await timed(() => overview(OWNER, new Date()));
  const bells: number[] = [];
  const pages: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bells.push(await timed(() => overview(OWNER, new Date())));
    pages.push(await timed(async () => worstCourses(await overview(OWNER, new Date()))));
  }
  return [
    plain(`${where}, ${LICENSES} licenses, read after a start: ms`, first, 0),
    plain("  read again, median: ms", median(bells), 0),
    atMost("  p95: ms", p95(bells), LOOK_MS, 0),
    atMost("  with the overview's lines, p95: ms", p95(pages), LOOK_MS, 0),
  ];
}

/** A minute of open tabs, whose bells ask one after the other. */
async function minutesOf(some: readonly number[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const tabs of some) {
    const looks: Promise<number>[] = [];
    const before = process.cpuUsage();
    for (let tab = 0; tab < tabs; tab += 1) {
      looks.push(timed(() => sharedOverview(OWNER, new Date())));
      await setTimeout(MINUTE / tabs);
    }
    const times = await Promise.all(looks);
    const { user, system } = process.cpuUsage(before);
    lines.push(plain(`  a minute of ${tabs} open tabs: ms of this process`, (user + system) / 1000, 0));
    if (tabs > 1) lines.push(atMost("  p95 of their bells: ms", p95(times), LOOK_MS, 0));
  }
  return lines;
}

function p95(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
