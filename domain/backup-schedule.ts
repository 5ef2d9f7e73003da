import { STAMP, stampOf, timeOfStamp } from "./time-stamps";

const NAME = new RegExp(`^signet-(${STAMP})\\.backup$`);

/** The name of a scheduled backup: `signet-20261129T034500Z.backup`. Names sort by time. */
export function backupName(now: Date): string {
  return `signet-${stampOf(now)}.backup`;
}

/** The newest backup among the files of a folder, and when it was begun; null if there is none. */
export function newestBackup(files: readonly string[]): { name: string; at: Date } | null {
  const name = backupsIn(files).at(-1);
  return name === undefined ? null : { name, at: timeOfStamp(name.replace(NAME, "$1")) };
}

/** Whether the newest backup among the files of a folder is as old as the pause between two (hours), or there is none. */
export function isBackupDue(files: readonly string[], hours: number, now: Date): boolean {
  const newest = newestBackup(files);
  return !newest || now.getTime() - newest.at.getTime() >= hours * 3_600_000;
}

/** The oldest backups among the files of a folder, beyond those to keep. */
export function outdatedBackups(files: readonly string[], keep: number): string[] {
  return backupsIn(files).slice(0, -keep);
}

function backupsIn(files: readonly string[]): string[] {
  return files.filter((name) => NAME.test(name)).toSorted();
}
