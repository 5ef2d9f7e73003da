import { randomBytes, randomUUID } from "node:crypto";
import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, dropDatabase, withDatabase } from "./databases";
import { memoryFolder } from "./memory-folder";
import { embeddedTemplate } from "./pglite-template";
import { embeddedPostgres } from "./postgres";

/** A store for one run, as the settings that name it. */
export type RunStore = { settings: Record<string, string>; remove(): Promise<unknown> };

export type StoreName = "embedded" | "postgresql";

/**
 * A prepared embedded store, or one on the PostgreSQL of TEST_DATABASE_URL or on one that is started for the run: empty,
 * or a copy of a store there.
 */
export async function newRunStore(store: StoreName, copyOf?: RunStore): Promise<RunStore> {
  if (store === "embedded") return embeddedRunStore();
  const given = process.env.TEST_DATABASE_URL;
  const own = given ? null : await embeddedPostgres();
  const server = given ?? own?.url() ?? "";
  const { DATABASE_URL, SIGNET_SECRET = randomBytes(32).toString("base64") } = copyOf?.settings ?? {};
  const name = await createDatabase(server, DATABASE_URL && new URL(DATABASE_URL).pathname.slice(1));
  return {
    settings: { DATABASE_URL: withDatabase(server, name), SIGNET_SECRET },
    remove: () => (own ? own.remove() : dropDatabase(server, name)),
  };
}

async function embeddedRunStore(): Promise<RunStore> {
  const folder = join(memoryFolder() ?? tmpdir(), `signet-run-${randomUUID()}`);
  await cp(await embeddedTemplate(), folder, { recursive: true });
  const remove = async () => {
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}.seen`, { force: true });
  };
  return { settings: { DATA_DIR: folder }, remove };
}
