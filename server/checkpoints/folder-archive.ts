import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createFile } from "@/server/store/complete-file";
import type { CheckpointArchive } from "./archive";

/** A folder, whose files have their names only once they are complete and on the disk. */
export function folderArchive(folder: string): CheckpointArchive {
  const failed = (what: string) => (error: NodeJS.ErrnoException) => {
    throw new Error(`${folder} can't be ${what} (${error.code}).`, { cause: error });
  };
  return {
    name: folder,
    write: (checkpoint, text) =>
      createFile(join(folder, checkpoint), (part) =>
        writeFile(part, text, { mode: 0o600, flush: true }),
      ).catch(failed("written")),
    list: () => readdir(folder).catch(failed("read")),
    read: (checkpoint) => readFile(join(folder, checkpoint), "utf8").catch(failed("read")),
  };
}
