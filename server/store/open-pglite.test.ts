import { existsSync } from "node:fs";
import { mkdir, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { copiedStore, emptyStore, storeKind, type TestStore } from "@/server/testing/test-store";
import { parseEnv } from "./env";
import { openPglite } from "./open-pglite";
import { openStore } from "./store";

let place: TestStore;
afterEach(() => place.remove());

test.runIf(storeKind() === "embedded").each([
  ["without its version file", (pg: string) => rm(join(pg, "PG_VERSION"))],
  ["with an empty control file", (pg: string) => truncate(join(pg, "global/pg_control"))],
  [
    "with another control file",
    (pg: string) => writeFile(join(pg, "global/pg_control"), Buffer.alloc(8192, 7)),
  ],
])("a store %s is refused with its folder, and no new one replaces it", async (_, damage) => {
  place = await copiedStore();
  const pg = join(place.settings.DATA_DIR ?? "", "pg");
  await damage(pg);
  const version = join(pg, "PG_VERSION");
  const before = existsSync(version);
  await expect(openStore(parseEnv(place.settings))).rejects.toThrow(
    `The embedded store in ${pg} can't be opened`,
  );
  expect(existsSync(version)).toBe(before);
});

test.runIf(storeKind() === "embedded")("a first start that was interrupted is repeated", async () => {
  place = await emptyStore();
  const folder = place.settings.DATA_DIR ?? "";
  await mkdir(join(folder, "pg.new/base"), { recursive: true });
  await writeFile(join(folder, "pg.new/PG_VERSION"), "");
  const lite = await openPglite(folder);
  expect((await lite.query<{ one: number }>("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await lite.close();
  expect(await readdir(folder)).toEqual(["pg"]);
});
