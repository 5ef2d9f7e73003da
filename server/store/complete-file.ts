import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** The end of a file's name until it is complete. */
export const INCOMPLETE = ".part";

/**
 * Lets `write` write a file under another name, flushed to the disk, and only then gives it its name: so a crash or a
 * full disk leaves no file that looks complete.
 */
export async function createFile(path: string, write: (part: string) => Promise<void>): Promise<void> {
  const part = `${path}${INCOMPLETE}`;
  try {
    await write(part);
    await rename(part, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}
