import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** What was last seen of a store: its run, and how often it was saved. */
export type Seen = { run: string; changes: number };

/**
 * Proves at a start that the store is the one that was last written on this machine. It is in memory, so it is gone
 * after a reboot, and neither a backup nor a copy of the folder has it.
 */
export type Witness = {
  read(): Seen | null;
  /** Throws if it can't be written; then nothing is left of it. */
  write(seen: Seen): void;
};

const TMPFS = 0x01021994;
const RAMFS = 0x858458f6;
const FOLDERS = ["/dev/shm", process.env.XDG_RUNTIME_DIR];
/** A record has one length, so that a write replaces all of it. */
const LENGTH = 64;
const RECORD = /^([0-9a-f-]{36}) (\d+) *$/;

/** The witness of a data folder; null on a machine without storage in memory, where each start begins a new run. */
export function machineWitness(data: string): Witness | null {
  const path = witnessFile(data);
  return path === null || !isOurs(path) ? null : witnessIn(path);
}

/** The file of a data folder's witness; null on a machine without storage in memory. */
export function witnessFile(data: string): string | null {
  const folder = FOLDERS.find((path) => path !== undefined && isInMemory(path));
  return folder === undefined ? null : join(folder, `signet-agent-${nameOf(data)}`);
}

/** Whether the run of a store goes on: nothing of it was copied or put back since it was last written here. */
export function isSameLife({ run, changes }: Seen, seen: Seen | null): boolean {
  return run !== "" && seen?.run === run && seen.changes <= changes;
}

/** The file is opened for each use: a system may remove it when its user logs out. */
function witnessIn(path: string): Witness {
  return {
    read: () =>
      withFile(path, (file) => {
        const buffer = Buffer.alloc(LENGTH);
        const text = buffer.toString("latin1", 0, readSync(file, buffer, 0, LENGTH, 0));
        const [, run, changes] = RECORD.exec(text) ?? [];
        return run === undefined ? null : { run, changes: Number(changes) };
      }),
    write({ run, changes }) {
      try {
        withFile(path, (file) => writeSync(file, `${run} ${changes}`.padEnd(LENGTH), 0, "latin1"));
      } catch (error) {
        rmSync(path, { force: true });
        throw error;
      }
    },
  };
}

/** Names the folder on this disk: another folder that is put in its place has another inode. */
function nameOf(data: string): string {
  const { dev, ino } = statSync(data, { bigint: true });
  return createHash("sha256")
    .update(JSON.stringify([realpathSync(data), String(dev), String(ino)]))
    .digest("hex")
    .slice(0, 32);
}

/** Uses the file, if it belongs to the user of this process alone: everybody can write into these folders. */
function withFile<Result>(path: string, use: (file: number) => Result): Result {
  const { O_RDWR, O_CREAT, O_NOFOLLOW } = constants;
  const file = openSync(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0o600);
  try {
    const { uid, mode, nlink } = fstatSync(file);
    if (uid !== process.getuid?.() || (mode & 0o077) !== 0 || nlink !== 1)
      throw new Error(`${path} belongs to somebody else, too.`);
    return use(file);
  } finally {
    closeSync(file);
  }
}

function isOurs(path: string): boolean {
  try {
    return withFile(path, () => true);
  } catch {
    return false;
  }
}

function isInMemory(path: string): boolean {
  try {
    return [TMPFS, RAMFS].includes(statfsSync(path).type >>> 0);
  } catch {
    return false;
  }
}
