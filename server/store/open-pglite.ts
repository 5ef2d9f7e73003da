import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { log } from "./log";

/**
 * Memory for pages of the store, which the engine clears each time it opens: with PostgreSQL's own 128 MB that is two
 * thirds of a start. Pages beyond it are in the memory of the operating system.
 */
const OPENING = { startParams: [...PGlite.defaultStartParams, "-c", "shared_buffers=32MB"] };

/** The files of an embedded store can't be read. Its message says which, and what to do. */
class StoreDamaged extends Error {
  constructor(folder: string) {
    super(
      `The embedded store in ${join(folder, "pg")} can't be opened: files in it are missing or damaged, can't be read by this user, or the disk is full. Move ${folder} aside, put a backup of the whole folder in its place, and run "npm run signet -- restored". Keep the damaged folder until that works.`,
    );
    this.name = "StoreDamaged";
  }
}

/** Opens the embedded store of a folder; a missing one is created, completely or not at all. */
export async function openPglite(folder: string): Promise<PGlite> {
  if (folder === "memory://") return PGlite.create(folder, OPENING);
  const place = join(folder, "pg");
  if (!existsSync(/* turbopackIgnore: true */ place)) await makePglite(folder, place);
  // PGlite takes a folder without this file for an empty one, and writes a new store over its content.
  if (!existsSync(/* turbopackIgnore: true */ join(place, "PG_VERSION"))) throw new StoreDamaged(folder);
  return namingDamage(folder, () => PGlite.create(place, OPENING));
}

/** Runs work on the embedded store; an error in its files names the folder. */
export async function namingDamage<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isDamage(error)) throw error;
    log().debug({ err: error }, "the embedded store can't be opened");
    throw new StoreDamaged(folder);
  }
}

/** Creates the store under another name, so that a first start that was interrupted leaves no partial store. */
async function makePglite(folder: string, place: string): Promise<void> {
  const aside = join(folder, "pg.new");
  rmSync(/* turbopackIgnore: true */ aside, { recursive: true, force: true });
  const lite = await PGlite.create(aside, OPENING);
  await lite.close();
  renameSync(/* turbopackIgnore: true */ aside, place);
}

/** The engine fails with an error of its own, or PostgreSQL reports damaged data or a damaged index. */
function isDamage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof WebAssembly.RuntimeError || /failed to initialize/.test(error.message)) return true;
  return ("code" in error && /^XX00[12]$/.test(String(error.code))) || isDamage(error.cause);
}
