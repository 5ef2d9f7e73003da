import { isCheckpointLate } from "@/domain/audit-checkpoint";
import type { BackupFigures } from "@/domain/metrics/backup-gauges";
import type { AlertKind, Condition } from "./alert";

/** What a server knows of the copies that are made regularly. */
export type CopyFacts = {
  /** The last checkpoint of the audit; absent if none are to be written. */
  checkpoint?: Date | null;
  /** The backups that this server schedules; null if it schedules none. */
  backups: BackupFigures | null;
  /** How long the server has been running. */
  upHours: number;
};

/** A server that began so lately may be about to make up for its downtime. */
const SETTLED_HOURS = 1;
/** A backup may take as long after the time at which it is due. */
const BACKUP_HOURS = 2;

/** Whether copies are late, whatever the rules are: who set them up wants to know. */
export function copyConditions({ checkpoint, backups, upHours }: CopyFacts, now: Date): Condition[] {
  const isSettled = upHours >= SETTLED_HOURS;
  const conditions = [backupCondition(backups, isSettled, now)];
  if (checkpoint === undefined) return conditions;
  const state = isCheckpointLate(checkpoint, now) ? (isSettled ? "on" : "held") : "off";
  return [...conditions, copyCondition("checkpoint.overdue", state, checkpoint, {})];
}

/** Backups are the business of the servers that schedule them: others leave an alert as it is. */
function backupCondition(backups: BackupFigures | null, isSettled: boolean, now: Date): Condition {
  const last = backups?.newest?.at ?? null;
  const failed = !!backups?.failed && (!last || backups.failed > last);
  const hours = last ? (now.getTime() - last.getTime()) / 3_600_000 : Number.POSITIVE_INFINITY;
  const isLate = !!backups && hours > backups.hours + BACKUP_HOURS;
  const state = failed || (isLate && isSettled) ? "on" : isLate || !backups ? "held" : "off";
  return copyCondition("backup.overdue", state, last, { failed });
}

/** Each time without copies is announced once: it is known by the copy before it. */
function copyCondition(
  kind: AlertKind,
  state: Condition["state"],
  at: Date | null,
  more: Condition["data"],
): Condition {
  const last = at?.toISOString() ?? null;
  return {
    ...{ kind, series: kind, rule: kind, rank: 0, state, term: "" },
    ...{ once: last ?? "", data: { last, ...more } },
  };
}
