import { expect, test } from "vitest";
import { type BackupFigures, backupMetrics } from "./backup-gauges";

const NOW = new Date("2026-11-29T12:00:00Z");

function samplesOf(figures: BackupFigures): string[] {
  return backupMetrics(figures, NOW)
    .split("\n")
    .filter((line) => line && !line.startsWith("#"));
}

test("the newest backup has a time and a size", () => {
  const newest = { at: new Date("2026-11-29T03:45:00Z"), bytes: 118_000_000 };
  expect(samplesOf({ newest, failed: null, hours: 24 })).toEqual([
    `signet_backup_last_success_timestamp_seconds ${Date.UTC(2026, 10, 29, 3, 45) / 1000}`,
    "signet_backup_size_bytes 118000000",
    "signet_backup_last_failure_timestamp_seconds 0",
    "signet_backup_interval_seconds 86400",
  ]);
});

test("without a backup the time is 0, so that the alert of an old one fires, and there is no size", () => {
  expect(samplesOf({ newest: null, failed: NOW, hours: 1 })).toEqual([
    "signet_backup_last_success_timestamp_seconds 0",
    `signet_backup_last_failure_timestamp_seconds ${NOW.getTime() / 1000}`,
    "signet_backup_interval_seconds 3600",
  ]);
});
