import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Migration,
  migratePglite,
  migratePostgres,
  migration,
  missingMigration,
  readMigrations,
} from "./migrations";
import { copiedPlace, emptyPlace, storeKind, type TestPlace } from "./test-store";

const known = readMigrations();
const good = migration("29990101000000_good", `CREATE TABLE good (id int); INSERT INTO good VALUES (1);`);
const broken = migration(good.name, `CREATE TABLE good (id int); INSERT INTO nowhere VALUES (1);`);
const withFunction = migration(
  "29990101000001_function",
  `CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$; -- a comment; with a semicolon`,
);

let place: TestPlace;
beforeEach(async () => {
  place = await copiedPlace();
});
afterEach(async () => {
  await place.remove();
});

test("a store that has every migration gets none", async () => {
  expect(await migrate(known)).toEqual([]);
});

test("a broken migration leaves nothing, and a repaired one is applied at the next start", async () => {
  await expect(migrate([...known, broken])).rejects.toMatchObject({
    message: expect.stringContaining("nothing of it was kept"),
    cause: expect.objectContaining({ message: expect.stringContaining("nowhere") }),
  });
  expect(await tableExists("good")).toBe(false);
  await expect(migrate([...known, broken])).rejects.toThrow("nothing of it was kept");
  expect(await migrate(known)).toEqual([]);
  expect(await migrate([...known, good])).toEqual([good.name]);
  expect(await tableExists("good")).toBe(true);
});

test("a migration is one script: functions and semicolons in comments stay whole", async () => {
  expect(await migrate([...known, withFunction])).toEqual([withFunction.name]);
});

test("a migration that was edited after it was applied is refused", async () => {
  const edited = known.map(({ name, sql }) => migration(name, `${sql}\n-- edited`));
  await expect(migrate(edited)).rejects.toThrow(`The migration ${known[0]?.name} differs`);
});

test("a store that a newer Signet migrated is refused by the older one", async () => {
  await migrate([...known, good]);
  await expect(migrate(known)).rejects.toThrow(`migrated by a newer Signet (${good.name})`);
});

test.runIf(storeKind() === "embedded")("the migrations match the schema", async () => {
  const schema = readFileSync("prisma/schema.prisma", "utf8");
  const script = await onPglite((lite) => missingMigration(lite, schema));
  expect(script).toContain("empty migration");
});

describe.runIf(storeKind() === "postgresql")("on PostgreSQL", () => {
  test("of four that migrate an empty database at once, one does and all succeed", async () => {
    const empty = await emptyPlace();
    const url = empty.settings.DATABASE_URL ?? "";
    const applied = await Promise.all(Array.from({ length: 4 }, () => migratePostgres(url)));
    await empty.remove();
    expect(applied.filter((names) => names.length > 0)).toEqual([known.map(({ name }) => name)]);
  });
});

function migrate(migrations: Migration[]): Promise<string[]> {
  const { DATABASE_URL } = place.settings;
  return DATABASE_URL
    ? migratePostgres(DATABASE_URL, migrations)
    : onPglite((lite) => migratePglite(lite, migrations));
}

async function tableExists(name: string): Promise<boolean> {
  const sql = `SELECT to_regclass('${name}') IS NOT NULL AS found`;
  const { rows } = place.settings.DATABASE_URL
    ? await onClient((client) => client.query<{ found: boolean }>(sql))
    : await onPglite((lite) => lite.query<{ found: boolean }>(sql));
  return rows[0]?.found === true;
}

async function onPglite<T>(work: (lite: PGlite) => Promise<T>): Promise<T> {
  const lite = await PGlite.create(`${place.settings.DATA_DIR}/pg`);
  return work(lite).finally(() => lite.close());
}

async function onClient<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: place.settings.DATABASE_URL });
  await client.connect();
  return work(client).finally(() => client.end());
}
