import { accessSync, constants, mkdirSync, statSync } from "node:fs";
import { holdFolder } from "@/machine/locked-folder";

const HOLDER = { program: "Signet", socket: "lock.sock", setting: "DATA_DIR" };

/** Holds the folder of an embedded store for this process. Returns how to release it. */
export function holdDataFolder(folder: string): Promise<() => Promise<void>> {
  return holdFolder(folder, HOLDER);
}

/** Creates the folder of a setting if it doesn't exist, and checks that it can be written. */
export function checkFolder(folder: string, setting = "DATA_DIR"): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(`${setting} ${folder} ${faultOf(folder, error)}`);
  }
}

function faultOf(folder: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  if (code === "EEXIST" && !statSync(folder).isDirectory()) return "is a file. Name a folder.";
  if (code === "ENOTDIR") return "is inside a file. Name another folder.";
  if (["EACCES", "EPERM", "EROFS"].includes(code))
    return "can't be written by this user. Change its owner, or name another folder.";
  return `can't be used (${code}). Name another folder.`;
}
