import { accessSync, constants, existsSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { damageOf } from "./store-check";

const FILE = "agent.mdb";
/** The space in bytes that a new store and its lock need, and some more. */
const ROOM = 64 * 1024;

export function storeFile(folder: string): string {
  return join(folder, FILE);
}

/** Checks that the store in a folder can be used. Throws a sentence with what to do. */
export async function checkStore(folder: string, { isFast = false } = {}): Promise<void> {
  const file = storeFile(folder);
  checkRoom(folder);
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return;
  accessSync(file, constants.R_OK | constants.W_OK);
  const damage = stat.size === 0 ? "it is empty" : isFast ? null : await damageOf(file);
  if (damage) throw new DamagedStore(file, damage);
}

/** The error of a store that can't be used; says what to do. */
export class DamagedStore extends Error {
  constructor(file: string, damage: string) {
    super(
      `The local store ${file} is damaged: ${damage}. Restore its folder from a backup, or start once with --reset: this starts with an empty store and keeps the damaged file next to it. Then enter the license key again. Changes and minutes not yet sent are lost.`,
    );
    this.name = "DamagedStore";
  }
}

/** lmdb maps its files: on a full disk, a write into one would end the process with a signal. */
function checkRoom(folder: string): void {
  const probe = join(folder, ".agent-room");
  try {
    writeFileSync(probe, Buffer.alloc(ROOM), { flush: true });
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Renames the store, with the time in its new name. Returns the new name; null if there was none. */
export function setStoreAside(folder: string, now: Date): string | null {
  const file = storeFile(folder);
  rmSync(`${file}-lock`, { force: true });
  if (!existsSync(file)) return null;
  const aside = `${file}.${now.toISOString().replace(/[:.]/g, "-")}`;
  renameSync(file, aside);
  return aside;
}

const REASONS: Record<string, string> = {
  ENOSPC: "The disk is full. Free some space, then start the agent again.",
  EDQUOT: "The disk quota is used up. Free some space, then start the agent again.",
  EACCES: "It can't be written. Change its owner to the user that the agent runs as.",
  EPERM: "It can't be written. Change its owner to the user that the agent runs as.",
  EROFS: "It is on a read-only file system. Name another folder with --data.",
  ENOTDIR: "A part of its path is a file. Name a folder with --data.",
  EEXIST: "It is a file. Name a folder with --data.",
};

/** An error of the folder as a sentence with what to do; every other error as it is. */
export function inFolder(folder: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = REASONS[code] ?? reasonIn(error);
  return reason ? new Error(`The folder ${folder} of the local store can't be used. ${reason}`) : error;
}

/** lmdb puts the error of the system into words. */
function reasonIn(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : "";
  if (/no space left/i.test(message)) return REASONS.ENOSPC;
  return /permission denied/i.test(message) ? REASONS.EACCES : undefined;
}
