// What processes take of the machine, as Linux says in /proc.
import { readdirSync, readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Linux tells processor time in hundredths of a second, whatever its own clock. */
const TICKS = 100;
const BLOCK = 512;
const [UTIME, CUTIME] = [11, 13];

/** Seconds of processor time that a process and all its children used so far, also those that ended. */
export function processorSeconds(pid: number): number {
  const own = timesOf(pid).slice(0, 4);
  const children = childrenOf(pid).flatMap((child) => timesOf(child).slice(0, CUTIME - UTIME));
  return [...own, ...children].reduce((sum, ticks) => sum + ticks, 0) / TICKS;
}

export function residentMb(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

export function openDescriptors(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** What a folder takes of the disk, in MB. */
export async function folderMb(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true });
  const blocks = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).blocks));
  return (blocks.reduce((sum, each) => sum + each, 0) * BLOCK) / 1024 ** 2;
}

/** The process of PostgreSQL that started all others. */
export function postmasterOf({ folder }: { folder: string }): number {
  return Number.parseInt(readFileSync(join(folder, "postmaster.pid"), "utf8"), 10);
}

function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  return children.split(" ").filter(Boolean).map(Number);
}

/** Ticks as user and in the system, and those of children that ended; none of a process that just ended. */
function timesOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields.slice(UTIME, UTIME + 4).map(Number);
  } catch {
    return [];
  }
}
