import { randomUUID } from "node:crypto";
import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { createDatabase, dropDatabase, withDatabase } from "@/scripts/databases";
import type { StoreTemplate } from "@/scripts/store-template";
import { prepareInstallation } from "@/server/maintenance/installation";
import { parseEnv } from "@/server/store/env";
import { forgetProcessState } from "@/server/store/per-process";
import { closeStore, openStore } from "@/server/store/store";

/** The store of one test file, as the settings that name it. */
export type TestStore = { settings: Record<string, string>; remove(): Promise<unknown> };

/** The kind of store that the tests run on: the vitest project decides. */
export function storeKind(): StoreTemplate["kind"] {
  return inject("storeTemplate").kind;
}

/** Long timeouts for a busy machine; a request that could wait longer than this would be refused at once. */
const PATIENCE = { connectMs: 6000, statementMs: 8000, longMs: 60_000 };

let place: TestStore | undefined;

/** The settings that name the store of `useStore`, so that another process can open it too. */
export function storeSettings(): Record<string, string> {
  return place?.settings ?? {};
}

/** Gives the tests of a file one fresh, migrated and prepared store, which `store()` returns. */
export function useStore(patience = PATIENCE): void {
  beforeAll(async () => {
    place = await copiedStore();
    await openStore(parseEnv(place.settings), patience);
    await prepareInstallation(new Date());
  });
  afterAll(async () => {
    await closeStore();
    forgetProcessState();
    await place?.remove();
  });
}

/** A store that is migrated and prepared, and not open. */
export async function copiedStore(): Promise<TestStore> {
  const template = inject("storeTemplate");
  if (template.kind === "postgresql") return databaseStore(template, template.database);
  const place = folderStore();
  await cp(template.folder, place.settings.DATA_DIR, { recursive: true });
  return place;
}

/** A place where no store was ever created. */
export async function emptyStore(): Promise<TestStore> {
  const template = inject("storeTemplate");
  return template.kind === "postgresql" ? databaseStore(template) : folderStore();
}

function folderStore() {
  const folder = join(tmpdir(), `signet-test-${randomUUID()}`);
  return { settings: { DATA_DIR: folder }, remove: () => removeFolder(folder) };
}

/** Removes a folder with the store's record beside it. */
async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await rm(`${folder}.seen`, { force: true });
}

async function databaseStore(
  { server, secret }: Extract<StoreTemplate, { kind: "postgresql" }>,
  copyOf?: string,
): Promise<TestStore> {
  const name = await createDatabase(server, copyOf);
  return {
    settings: { DATABASE_URL: withDatabase(server, name), SIGNET_SECRET: secret },
    remove: () => dropDatabase(server, name),
  };
}
