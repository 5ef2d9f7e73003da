import { createReadStream, createWriteStream } from "node:fs";
import { pipeline as joined, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { createFile } from "@/server/store/complete-file";
import { decrypted, encrypted } from "./backup-keys";
import { BackupDamaged, linesIn } from "./backup-lines";

/** Creates a backup that has its name only once `verify` has read it. */
export async function createBackup(
  path: string,
  write: (part: string) => Promise<void>,
  verify: (part: string) => Promise<void>,
): Promise<void> {
  await createFile(path, async (part) => {
    await write(part);
    await verify(part);
  });
}

/** Compresses, encrypts and writes lines to the disk as they come. */
export async function writeLines(
  path: string,
  lines: AsyncIterable<string>,
  recipients: readonly string[],
): Promise<void> {
  const compressed = createGzip();
  joined(Readable.from(lines), compressed, () => {}); // An error of the lines reaches the file through the stream.
  const cipher = await encrypted(compressed, recipients);
  await pipeline(cipher, createWriteStream(path, { mode: 0o600, flush: true }));
}

/** The lines of a backup. Throws one sentence if the file can't be read, decrypted, or was changed or cut. */
export async function* readLines(path: string, identity: string): AsyncGenerator<string> {
  try {
    const text = createGunzip();
    joined(await decrypted(createReadStream(path), identity), text, () => {}); // The lines fail with its errors.
    yield* linesIn(text);
  } catch (error) {
    throw readingError(path, error);
  }
}

function readingError(path: string, error: unknown): Error {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (syscall) return new Error(`The backup ${path} can't be read (${code}).`);
  if (/no identity matched/.test(message))
    return new Error(`BACKUP_IDENTITY can't decrypt ${path}: it belongs to another recipient.`);
  return new BackupDamaged("The file isn't a backup, or it was changed or cut.", { cause: error });
}
