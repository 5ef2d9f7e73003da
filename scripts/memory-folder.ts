import { statfsSync } from "node:fs";

const MEMORY = "/dev/shm";
/** What the stores of a run need, with much to spare: in a container the folder often has 64 MB. */
const ROOM = 2 * 1024 ** 3;

/** A folder in memory for stores that last as long as a run, where the machine has one: a disk takes most of the time of a copy. */
export function memoryFolder(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM ? MEMORY : undefined;
  } catch {
    return undefined;
  }
}
