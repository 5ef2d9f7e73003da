import { randomUUID } from "node:crypto";
import { cpSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { createDatabase, dropDatabase, withDatabase } from "@/scripts/databases";
import type { StoreTemplate } from "@/scripts/store-template";
import { prepareInstallation } from "@/server/maintenance/installation";
import { parseEnv } from "@/server/store/env";
import { forgetProcessState } from "@/server/store/per-process";
import { closeStore, openStore, type Store } from "@/server/store/store";
import type { Waits } from "@/server/store/store-connections";
import { rewindOf } from "./test-rewind";

/** The store of one test file, as the settings that name it. */
export type TestStore = { settings: Record<string, string>; remove(): Promise<unknown> };

/** The kind of store that the tests run on: the vitest project decides. */
export function storeKind(): StoreTemplate["kind"] {
  return inject("storeTemplate").kind;
}

/** Long timeouts for a busy machine; a request that could wait longer than this would be refused at once. */
const PATIENCE = { connectMs: 6000, statementMs: 8000, longMs: 60_000 };

/**
 * The store that the files of this process use one after the other: to put a few rows back takes less than a copy.
 * Between two files it stays connected.
 */
type SharedStore = { place: TestStore; open: Store; patience: Waits; rewind(): Promise<boolean> };

let shared: SharedStore | undefined;

/** The settings that name the store of `useStore`, so that another process can open it too. */
export function storeSettings(): Record<string, string> {
  return shared?.place.settings ?? {};
}

/** Gives the tests of a file one migrated and prepared store without rows of other files, which `store()` returns. */
export function useStore(patience: Waits = PATIENCE): void {
  beforeAll(async () => {
    globalThis.signetStore = shared?.open;
    if (shared?.patience !== patience || !(await shared.rewind())) {
      await endShared();
      shared = await newShared(patience);
    }
    await prepareInstallation(new Date());
  });
  afterAll(async () => {
    if (globalThis.signetStore !== shared?.open) await endShared(); // A test opened it with other settings.
    globalThis.signetStore = undefined;
    forgetProcessState();
  });
}

/** The same with a store of its own, for tests of plans: they depend on what was prepared and analyzed before. */
export function useFreshStore(): void {
  useStore({ ...PATIENCE });
}

async function newShared(patience: Waits): Promise<SharedStore> {
  const place = await copiedStore();
  const open = await openStore(parseEnv(place.settings), patience);
  return { place, open, patience, rewind: await rewindOf(open.db) };
}

async function endShared(): Promise<void> {
  await closeStore();
  await shared?.place.remove();
  shared = undefined;
}

/** A store that is migrated and prepared, and not open. */
export async function copiedStore(): Promise<TestStore> {
  const template = inject("storeTemplate");
  if (template.kind === "postgresql") return databaseStore(template, template.database);
  const place = folderStore(template);
  cpSync(template.folder, place.settings.DATA_DIR, { recursive: true }); // in a third of the time that `cp` takes
  return place;
}

/** A place where no store was ever created. */
export async function emptyStore(): Promise<TestStore> {
  const template = inject("storeTemplate");
  return template.kind === "postgresql" ? databaseStore(template) : folderStore(template);
}

function folderStore({ copies }: Extract<StoreTemplate, { kind: "embedded" }>) {
  const folder = join(copies, randomUUID());
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
