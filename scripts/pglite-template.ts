import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { memoryFolder } from "./memory-folder";
import { prepareTemplate } from "./store-template";

const CACHE = "node_modules/.cache/signet";

/** Gives the test files one embedded store to copy, and removes the copies at the end. */
export default async function setup(project: TestProject) {
  const folder = await embeddedTemplate();
  const copies = mkdtempSync(join(memoryFolder() ?? tmpdir(), "signet-test-"));
  project.provide("storeTemplate", { kind: "embedded", folder, copies });
  return () => rm(copies, { recursive: true, force: true });
}

/**
 * The folder of an embedded store to copy: a copy opens in a second, a new one takes eight. It is kept for the next
 * run as long as the migrations and PGlite are the same.
 */
export async function embeddedTemplate(): Promise<string> {
  const folder = join(CACHE, fingerprint());
  if (!existsSync(folder)) await make(folder);
  return folder;
}

/**
 * Creates the store under another name and then renames it, so that an interrupted run leaves no partial store and
 * two runs don't collide.
 */
async function make(folder: string): Promise<void> {
  const aside = join(CACHE, randomUUID());
  await mkdir(CACHE, { recursive: true });
  try {
    await prepareTemplate({ DATA_DIR: aside });
    await rename(aside, folder);
    await rm(`${aside}.seen`, { force: true });
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function fingerprint(): string {
  const hash = createHash("sha256").update(readFileSync("node_modules/@electric-sql/pglite/package.json"));
  for (const entry of readdirSync("prisma/migrations", { recursive: true, withFileTypes: true }))
    if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)));
  return hash.digest("hex").slice(0, 16);
}
