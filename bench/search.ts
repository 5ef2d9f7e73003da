import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { SYSTEM } from "@/server/access/actor";
import { assignSeats } from "@/server/assignments/changes/seat-changes";
import { createLicense } from "@/server/licenses/licenses";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore, store } from "@/server/store/store";
import { atMost, type Line } from "./results";
import { median } from "./rounds";
import { allotment, newDatabase, newFolder, type Settings, seed } from "./stores";

/** Milliseconds: of the first search after a start, of later ones by kind of search, and of pages after the first. */
export type Searched = { coldMs: number; warmMs: Record<"prefix" | "contains" | "pages", number> };

const PEOPLE = 100_000;
const CROWD = { licenses: 1, assigned: 100, crowd: { licenses: 8_999, assigned: 100 } };
const STARTS = 3;
const WARM_MS = 200;
const COLD_MS = 1500;
const GIVEN = ["anna", "bartek", "celina", "dawid", "ewa", "filip", "gosia", "hubert", "iga", "jan"];
const FAMILY = ["kowalska", "nowak", "zielinski", "wojcik", "lewandowska", "kaminski", "dabrowska", "mazur"];

/** Searches in the encrypted subjects of a license of 100,000 among 1,000,000, on PostgreSQL. */
export async function measureSearch(server: string): Promise<Searched> {
  return measureOn(await newDatabase(server), CROWD);
}

/** The same search in the embedded store, with that one license alone. */
export async function measureSearchEmbedded(): Promise<Searched> {
  return measureOn(await newFolder(), { licenses: 1, assigned: 100 });
}

export function searchLines(what: string, { coldMs, warmMs }: Searched): Line[] {
  const line = (name: string, value: number, target: number) =>
    atMost(`${what}, ${name}: ms`, value, target, 0);
  return [
    line("first search after a start", coldMs, COLD_MS),
    line("search by a prefix, slowest sort", warmMs.prefix, WARM_MS),
    line("search by a part, slowest sort", warmMs.contains, WARM_MS),
    line("later pages, slowest sort", warmMs.pages, WARM_MS),
  ];
}

async function measureOn(settings: Settings, size: Parameters<typeof seed>[1]): Promise<Searched> {
  await seed(settings, size);
  const license = await assignMany(settings);
  const starts: Searched[] = [];
  for (let start = 0; start < STARTS; start += 1)
    starts.push(await measureStart({ ...settings, LICENSE: license }));
  const of = (pick: (searched: Searched) => number) => median(starts.map(pick));
  return {
    coldMs: of(({ coldMs }) => coldMs),
    warmMs: {
      prefix: of(({ warmMs }) => warmMs.prefix),
      contains: of(({ warmMs }) => warmMs.contains),
      pages: of(({ warmMs }) => warmMs.pages),
    },
  };
}

/** Nine of ten users have used their seat, on some day of the last four months. */
const USE = {
  name: "bench_use",
  text: `UPDATE assignment SET last_used = $2::date - (version % 120)::int WHERE license = $1 AND version % 10 > 0`,
};

/** Users whose names can be decrypted, assigned by the code of the product. */
async function assignMany(settings: Settings): Promise<string> {
  const now = new Date();
  await openStore(parseEnv(settings));
  try {
    const allotments = [allotment("analyzer", "assigned", PEOPLE)];
    const { number } = await createLicense(
      { customer: "Searched", product: "QSEfW", allotments },
      SYSTEM,
      now,
    );
    const subjects = Array.from({ length: PEOPLE }, (_, index) => nameOf(index));
    await assignSeats({ license: number, actor: SYSTEM, now }, subjects, "analyzer");
    await store().sql.query(USE, [number, now]);
    await store().db.$executeRawUnsafe("VACUUM ANALYZE assignment");
    return number;
  } finally {
    await closeStore();
  }
}

export function nameOf(index: number): string {
  const given = GIVEN[index % GIVEN.length];
  const family = FAMILY[Math.floor(index / GIVEN.length) % FAMILY.length];
  return `ACME\\${given}.${family}${index}`;
}

async function measureStart(env: Settings): Promise<Searched> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "bench/search-process.ts"],
    { env: { PATH: process.env.PATH, NODE_ENV: "production", LOG_LEVEL: "warn", ...env } },
  );
  return JSON.parse(stdout);
}
