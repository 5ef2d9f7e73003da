import { type Gauge, gaugesText } from "./exposition";

/** The scheduled backups of one server. */
export type BackupFigures = {
  /** The newest backup in the folder: when it was begun, and its size in bytes; null if there is none. */
  newest: { at: Date; bytes: number } | null;
  /** When a backup last failed since the start of the server; null if none did. */
  failed: Date | null;
  /** Hours between two backups. */
  hours: number;
};

const GAUGES: readonly Gauge<BackupFigures>[] = [
  {
    name: "signet_backup_last_success_timestamp_seconds",
    help: "When the newest scheduled backup in the folder was begun; 0 if there is none.",
    value: ({ newest }) => (newest ? newest.at.getTime() / 1000 : 0),
  },
  {
    name: "signet_backup_size_bytes",
    help: "The size of the newest scheduled backup; absent if there is none.",
    value: ({ newest }) => newest?.bytes ?? null,
  },
  {
    name: "signet_backup_last_failure_timestamp_seconds",
    help: "When a scheduled backup last failed since the start of the server; 0 if none did.",
    value: ({ failed }) => (failed ? failed.getTime() / 1000 : 0),
  },
  {
    name: "signet_backup_interval_seconds",
    help: "The time between two scheduled backups.",
    value: ({ hours }) => hours * 3600,
  },
];

/** The metrics of scheduled backups. */
export function backupMetrics(figures: BackupFigures, now: Date): string {
  return gaugesText(GAUGES, figures, now);
}
