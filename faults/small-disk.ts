import { execFileSync } from "node:child_process";
import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeHome } from "@/scripts/postgres";
import type { Stage } from "./scenario";

/** A small file system, which is removed with the scenario. */
export type SmallDisk = { folder: string; fill(): void; empty(): void };

/** `owner` is the account that the folder belongs to, if it isn't ours. */
export function smallDisk(
  { atEnd }: Stage,
  size: string,
  owner: { uid?: number; gid?: number } = {},
): SmallDisk {
  const folder = makeHome(owner);
  const options = [`size=${size}`, ...Object.entries(owner).map(([name, id]) => `${name}=${id}`)];
  execFileSync("mount", ["-t", "tmpfs", "-o", options.join(","), "tmpfs", folder]);
  atEnd(() => {
    execFileSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  const filler = join(folder, "filler");
  const fill = () => {
    const { bavail, bsize } = statfsSync(folder);
    try {
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
    } catch (error) {
      if (!isFull(error)) throw error; // The database has written meanwhile: the disk is full all the same.
    }
  };
  return { folder, fill, empty: () => rmSync(filler) };
}

function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOSPC";
}
