import type { LogKind } from "@/domain/offline/offline-log";
import { nothingHere } from "@/domain/refusals/refusal";
import { isUuid } from "@/domain/uuid";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { lockLicense } from "@/server/store/locks";
import { store } from "@/server/store/store";
import { logReply } from "./offline-log-reply";

/** Ends a log for good: another one of its source can be uploaded then. */
export async function closeLog(
  license: string,
  log: string,
  reason: string,
  actor: Actor,
  now: Date,
): Promise<void> {
  if (!isUuid(log)) throw nothingHere();
  await store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    const where = { license_log: { license, log } };
    const row = await tx.offlineLog.findUnique({ where });
    if (!row) throw nothingHere();
    if (row.closedAt) return;
    const details = { reason, kind: row.kind, source: row.source, through: row.through };
    await recordEvents(tx, license, actor, now, [{ action: "offline-log.closed", object: log, details }]);
    await tx.offlineLog.update({ where, data: { closedAt: now, closedReason: reason } });
  });
}

/** A log that was uploaded. */
export type OfflineLog = {
  log: string;
  kind: LogKind;
  source: string;
  checkout: string;
  userAgent: string;
  created: Date;
  through: number;
  rejected: number;
  firstUpload: Date;
  lastUpload: Date;
  closed: Date | null;
  closedReason: string | null;
};

/** The logs of a license, the one that was uploaded last first. */
export async function listLogs(license: string): Promise<OfflineLog[]> {
  const { db } = store();
  const rows = await db.offlineLog.findMany({
    where: { license },
    orderBy: [{ lastUpload: "desc" }, { log: "asc" }],
    take: 1000,
  });
  const counts = await db.offlineRejection.groupBy({ by: ["log"], where: { license }, _count: true });
  const rejected = new Map(counts.map(({ log, _count }) => [log, _count]));
  return rows.map((row) => {
    const { log, source, checkout, userAgent, created, through, firstUpload, lastUpload } = row;
    const { closedAt: closed, closedReason } = row;
    const count = rejected.get(log) ?? 0;
    const known = { log, kind: row.kind as LogKind, source, checkout, userAgent, created };
    return { ...known, through, rejected: count, firstUpload, lastUpload, closed, closedReason };
  });
}

/** The reply to a log as it stands now. */
export async function replyTo(license: string, log: string, now: Date): Promise<string> {
  if (!isUuid(log)) throw nothingHere();
  return (await logReply(license, log, now)).reply;
}
