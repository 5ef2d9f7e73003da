import { readFileSync } from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { copiedStore, emptyStore, storeKind, type TestStore } from "@/server/testing/test-store";
import {
  type Migration,
  migratePglite,
  migratePostgres,
  migration,
  missingMigration,
  readMigrations,
} from "./migrations";
import { openPglite } from "./open-pglite";

const known = readMigrations();
const good = migration("29990101000000_good", `CREATE TABLE good (id int); INSERT INTO good VALUES (1);`);
const broken = migration(good.name, `CREATE TABLE good (id int); INSERT INTO nowhere VALUES (1);`);
const withFunction = migration(
  "29990101000001_function",
  `CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$; -- a comment; with a semicolon`,
);

let place: TestStore;
let lite: PGlite | undefined;
beforeEach(async () => {
  place = await copiedStore();
  if (storeKind() === "embedded") lite = await openPglite(place.settings.DATA_DIR ?? "");
});
afterEach(async () => {
  await lite?.close();
  await place.remove();
});

test("a store with every migration gets none", async () => {
  expect(await migrate(known)).toEqual([]);
});

test("a broken migration leaves nothing, and a repaired one is applied at the next start", async () => {
  await expect(migrate([...known, broken])).rejects.toMatchObject({
    message: expect.stringContaining("was rolled back"),
    cause: expect.objectContaining({ message: expect.stringContaining("nowhere") }),
  });
  expect(await tableExists("good")).toBe(false);
  await expect(migrate([...known, broken])).rejects.toThrow("was rolled back");
  expect(await migrate(known)).toEqual([]);
  expect(await migrate([...known, good])).toEqual([good.name]);
  expect(await tableExists("good")).toBe(true);
});

test("a migration is one script: functions and semicolons in comments stay intact", async () => {
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
  expect(lite && (await missingMigration(lite, schema))).toContain("empty migration");
});

describe.runIf(storeKind() === "postgresql")("on PostgreSQL", () => {
  test("if four migrate an empty database at once, one does and all succeed", async () => {
    const empty = await emptyStore();
    const applied = await Promise.all(Array.from({ length: 4 }, () => migratePostgres(urlOf(empty))));
    await empty.remove();
    expect(applied.filter((names) => names.length > 0)).toEqual([known.map(({ name }) => name)]);
  });
});

function migrate(migrations: Migration[]): Promise<string[]> {
  return lite ? migratePglite(lite, migrations) : migratePostgres(urlOf(place), migrations);
}

async function tableExists(name: string): Promise<boolean> {
  const sql = `SELECT to_regclass('${name}') IS NOT NULL AS found`;
  const { rows } = lite ? await lite.query<{ found: boolean }>(sql) : await onPostgres(sql);
  return rows[0]?.found === true;
}

async function onPostgres(sql: string): Promise<pg.QueryResult<{ found: boolean }>> {
  const client = new pg.Client({ connectionString: urlOf(place) });
  await client.connect();
  return client.query(sql).finally(() => client.end());
}

function urlOf({ settings }: TestStore): string {
  return settings.DATABASE_URL ?? "";
}
