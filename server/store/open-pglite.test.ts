import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { copiedStore, storeKind } from "@/server/testing/test-store";
import { parseEnv } from "./env";
import { openPglite } from "./open-pglite";
import { openStore } from "./store";

const home = join(tmpdir(), `signet-damage-${randomUUID()}`);
afterAll(() => rm(home, { recursive: true, force: true }));

test.runIf(storeKind() === "embedded").each([
  ["without its version file", (pg: string) => rm(join(pg, "PG_VERSION"))],
  ["with an empty control file", (pg: string) => truncate(join(pg, "global/pg_control"))],
  [
    "with another control file",
    (pg: string) => writeFile(join(pg, "global/pg_control"), Buffer.alloc(8192, 7)),
  ],
])("a store %s is refused with its folder, and no new one replaces it", async (name, damage) => {
  const { settings, remove } = await copiedStore();
  const folder = join(home, name.replaceAll(" ", "-"));
  await cp(settings.DATA_DIR ?? "", folder, { recursive: true });
  await remove();
  await damage(join(folder, "pg"));
  const version = join(folder, "pg/PG_VERSION");
  const before = existsSync(version);
  await expect(openStore(parseEnv({ DATA_DIR: folder }))).rejects.toThrow(
    `The embedded store in ${join(folder, "pg")} can't be opened`,
  );
  expect(existsSync(version)).toBe(before);
});

test.runIf(storeKind() === "embedded")("a first start that was interrupted is repeated", async () => {
  const folder = join(home, "interrupted");
  await mkdir(join(folder, "pg.new/base"), { recursive: true });
  await writeFile(join(folder, "pg.new/PG_VERSION"), "");
  const lite = await openPglite(folder);
  expect((await lite.query<{ one: number }>("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await lite.close();
  expect(await readdir(folder)).toEqual(["pg"]);
});
