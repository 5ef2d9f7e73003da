import { expect, test } from "vitest";
import { backupName, isBackupDue, newestBackup, outdatedBackups } from "./backup-schedule";

const NOW = new Date("2026-11-29T03:45:00.123Z");
const hoursAgo = (hours: number) => backupName(new Date(NOW.getTime() - hours * 3_600_000));

test("the name of a backup says when it was begun, in UTC", () => {
  expect(backupName(NOW)).toBe("signet-20261129T034500Z.backup");
});

test("the newest backup is known by its name, among other files", () => {
  const name = hoursAgo(1);
  const at = new Date("2026-11-29T02:45:00Z");
  expect(newestBackup([hoursAgo(2), "notes.txt", name, `${hoursAgo(0)}.part`])).toEqual({ name, at });
  expect(newestBackup(["notes.txt"])).toBeNull();
});

test.each([
  ["in an empty folder", [], true],
  ["beside files of other names", ["signet.backup", `${hoursAgo(1)}.part`, "notes.txt"], true],
  ["a day after the newest one", [hoursAgo(24), hoursAgo(48)], true],
  ["before a day has passed", [hoursAgo(23), hoursAgo(48)], false],
])("a daily backup %s: due is %#", (_, files, due) => {
  expect(isBackupDue(files, 24, NOW)).toBe(due);
});

test("the newest backups are kept, and no other file is touched", () => {
  const files = [hoursAgo(24), hoursAgo(72), "notes.txt", hoursAgo(48)];
  expect(outdatedBackups(files, 2)).toEqual([hoursAgo(72)]);
  expect(outdatedBackups(files, 3)).toEqual([]);
});
