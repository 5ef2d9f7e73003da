import type { LogKind } from "@/domain/offline/offline-log";
import { nothingHere } from "@/domain/refusals/refusal";
import { isUuid } from "@/domain/uuid";
import type { OfflineLog as LogRow, Prisma } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { behind, decodeCursor, type Keyset, type Page, pageOf, type Slice } from "@/server/store/cursor";
import { lockLicense } from "@/server/store/locks";
import { store } from "@/server/store/store";
import { logReply } from "./offline-log-reply";

/** Closes a log for good: another one of its source can be uploaded then. */
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

const LAST_UPLOAD_FIRST: Keyset<Prisma.OfflineLogWhereInput> = {
  direction: "desc",
  onKey: (lastUpload) => ({ lastUpload }),
  onId: (log) => ({ log }),
};

/** The logs of a license, last upload first. */
export async function listLogs(license: string, { limit, cursor }: Slice): Promise<Page<OfflineLog>> {
  const filter = ["offline-logs", license];
  const rows = await store().db.offlineLog.findMany({
    where: { license, ...behind(decodeCursor(cursor, filter), LAST_UPLOAD_FIRST) },
    orderBy: [{ lastUpload: "desc" }, { log: "desc" }],
    take: limit + 1,
  });
  const page = pageOf(rows, limit, filter, ({ lastUpload, log }) => ({
    key: lastUpload.toISOString(),
    id: log,
  }));
  const rejected = await rejectedIn(
    license,
    page.items.map(({ log }) => log),
  );
  return { items: page.items.map((row) => logOf(row, rejected.get(row.log) ?? 0)), cursor: page.cursor };
}

export function countLogs(license: string): Promise<number> {
  return store().db.offlineLog.count({ where: { license } });
}

/** The reply to a log in its current state. */
export async function replyTo(license: string, log: string, now: Date): Promise<string> {
  if (!isUuid(log)) throw nothingHere();
  return (await logReply(license, log, now)).reply;
}

async function rejectedIn(license: string, logs: string[]): Promise<Map<string, number>> {
  const where = { license, log: { in: logs } };
  const counts = await store().db.offlineRejection.groupBy({ by: ["log"], where, _count: true });
  return new Map(counts.map(({ log, _count }) => [log, _count]));
}

function logOf(row: LogRow, rejected: number): OfflineLog {
  const { log, source, checkout, userAgent, created, through, firstUpload, lastUpload } = row;
  const { closedAt: closed, closedReason } = row;
  const known = { log, kind: row.kind as LogKind, source, checkout, userAgent, created };
  return { ...known, through, rejected, firstUpload, lastUpload, closed, closedReason };
}
