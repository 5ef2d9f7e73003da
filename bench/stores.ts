import { randomBytes, randomUUID } from "node:crypto";
import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Allotment } from "@/domain/licenses/definition";
import { createDatabase, withDatabase } from "@/scripts/databases";
import { SYSTEM } from "@/server/access/actor";
import { issueLicenseKey } from "@/server/keys/license-keys";
import { createControl } from "@/server/legacy/control-numbers";
import { createLicense } from "@/server/licenses/licenses";
import { prepareInstallation } from "@/server/maintenance/installation";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore, store } from "@/server/store/store";
import { atEnd } from "./cleanup";
import type { BenchLicense } from "./scenarios";

/** The settings that name a store. */
export type Settings = Record<string, string>;

/**
 * How many licenses with a key a store gets, how many users each has assigned, how many it may have (twice as many, if
 * not given), and the other content.
 */
export type Size = Crowd & { seats?: number; crowd?: Crowd };
/** Fills an empty store; returns the licenses for calls. */
export type Fill = (settings: Settings, size: Size) => Promise<BenchLicense[]>;
type Crowd = { licenses: number; assigned: number };

const SECRET = randomBytes(32).toString("base64");

/** A database of its own: empty, or a copy of another one. */
export async function newDatabase(server: string, copyOf?: Settings): Promise<Settings> {
  const template = copyOf?.DATABASE_URL && new URL(copyOf.DATABASE_URL).pathname.slice(1);
  const name = await createDatabase(server, template);
  return { DATABASE_URL: withDatabase(server, name), SIGNET_SECRET: SECRET };
}

/** A folder of its own: empty, or a copy of another one. */
export async function newFolder(copyOf?: Settings): Promise<Settings> {
  const folder = join(tmpdir(), `signet-bench-${randomUUID()}`);
  atEnd(() => rm(`${folder}.seen`, { force: true }));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  if (copyOf?.DATA_DIR) await cp(copyOf.DATA_DIR, folder, { recursive: true });
  return { DATA_DIR: folder };
}

/** Fills an empty store with licenses that all have a key; returns the licenses for calls. */
export async function seed(settings: Settings, size: Size): Promise<BenchLicense[]> {
  const { licenses, crowd } = size;
  const now = new Date();
  await openStore(parseEnv(settings));
  try {
    await prepareInstallation(now);
    const sites: BenchLicense[] = [];
    for (let index = 0; index < licenses; index += 1) sites.push(await seedLicense(index, size, now));
    if (crowd && sites[0]) await seedCrowd(sites[0].license, crowd, now);
    await store().db.$executeRawUnsafe(`VACUUM ANALYZE ${FILLED.join(", ")}`);
    return sites;
  } finally {
    await closeStore();
  }
}

async function seedLicense(index: number, { assigned, seats = 2 * assigned }: Size, now: Date) {
  const allotments = [
    allotment("professional", "assigned", seats),
    allotment("analyzer_time", "time", 1_000_000),
    allotment("script_time", "time", 1_000_000),
  ];
  const wanted = { customer: `Customer ${index % 20}`, product: "QSEfW", allotments };
  const { number: license } = await createLicense(wanted, SYSTEM, now);
  const { key } = await issueLicenseKey(license, "", SYSTEM, now);
  await seedAssignments([license], assigned, now);
  const control = await createControl(license, SYSTEM, now);
  return { license, key, control, version: assigned };
}

/** Makes the licenses of a store reserve minutes. */
export async function bindAll(settings: Settings): Promise<void> {
  await openStore(parseEnv(settings));
  await store().db.license.updateMany({ data: { whenOffline: "bounded" } });
  await closeStore();
}

export function allotment(name: string, usage: "assigned" | "time", count: number): Allotment {
  return {
    name,
    usage: { class: usage, minimum: usage === "time" ? 6 : 1 },
    provisions: [{ accessType: name }],
    units: [{ count, valid: "" }],
  };
}

const FILLED = ["license", "definition", "allotment", "roster", "signed_key", "control_number", "assignment"];
const AT_ONCE = 500;
const FIRST_OF_CROWD = 9_000_000_000_000_000;

/** More licenses modeled on one, each with assignments of its own: a store is seldom a single customer's. */
async function seedCrowd(pattern: string, { licenses, assigned }: Crowd, now: Date): Promise<void> {
  for (let begin = 0; begin < licenses; begin += AT_ONCE) {
    const count = Math.min(AT_ONCE, licenses - begin);
    const numbers = Array.from({ length: count }, (_, index) => String(FIRST_OF_CROWD + begin + index));
    await store().sql.query(likeRows("license", "number"), [pattern, numbers]);
    await store().sql.query(likeRows("allotment", "license"), [pattern, numbers]);
    await store().sql.query(likeRows("roster", "license"), [pattern, numbers]);
    await seedAssignments(numbers, assigned, now);
  }
}

/** Repeats the rows of license $1 for the licenses $2. */
const likeRows = (table: string, column: string) => ({
  name: `bench_like_${table}`,
  text: `INSERT INTO ${table} SELECT (jsonb_populate_record(t, jsonb_build_object('${column}', other.number))).*
    FROM ${table} t, unnest($2::text[]) AS other(number) WHERE t.${column} = $1`,
});

const ASSIGN = {
  name: "bench_assign",
  text: `INSERT INTO assignment (license, instance, allotment, subject_index, subject, version, added_version, created, source)
    SELECT license, ('x' || encode(substr(random, 1, 8), 'hex'))::bit(64)::bigint & 9223372036854775807, 'professional',
      random, random || random, number, number, $3::timestamptz, 'bench'
    FROM (SELECT license, number, sha256(convert_to(license || number || random(), 'UTF8')) AS random
      FROM unnest($1::text[]) license, generate_series(1, $2::int) number) people`,
};
const COUNT = {
  name: "bench_count",
  text: `UPDATE allotment SET live = $2 WHERE license = ANY ($1::text[]) AND key = 'professional'`,
};
const MOVE = {
  name: "bench_move",
  text: "UPDATE roster SET version = $2 WHERE license = ANY ($1::text[])",
};

/** Assigns users that nobody can decrypt, as if each had been added by a patch of its own. */
async function seedAssignments(licenses: string[], count: number, now: Date): Promise<void> {
  const { sql } = store();
  await sql.query(ASSIGN, [licenses, count, now]);
  await sql.query(COUNT, [licenses, count]);
  await sql.query(MOVE, [licenses, count]);
}
