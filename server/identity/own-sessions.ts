import { DAY } from "@/domain/month";
import { nothingHere } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { lockInstallation } from "@/server/store/locks";
import { store } from "@/server/store/store";
import { personOf } from "./person-rows";

/** A browser in which a person is signed in. */
export type OpenSession = {
  id: string;
  address: string | null;
  userAgent: string | null;
  began: Date;
  lastSeen: Date;
  ends: Date;
};

const SEEN_NOTED_EVERY_MS = 300_000;
/** However often a session is extended, its person signs in again after a week. */
const LONGEST_LIFE_MS = 7 * DAY;

/** The open sessions of a person, last used first. */
export async function sessionsOf(userId: string, now: Date): Promise<OpenSession[]> {
  const rows = await store().db.session.findMany({
    where: { userId, expiresAt: { gt: now } },
    orderBy: { updatedAt: "desc" },
  });
  return rows.map(({ id, ipAddress, userAgent, createdAt, updatedAt, expiresAt }) => ({
    ...{ id, address: ipAddress, userAgent, began: createdAt, lastSeen: updatedAt, ends: expiresAt },
  }));
}

/** Ends one of the person's own sessions. */
export function endSession(userId: string, id: string, actor: Actor, now: Date): Promise<void> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const { count } = await tx.session.deleteMany({ where: { id, userId } });
    if (count === 0) throw nothingHere();
    await recordEvents(tx, INSTALLATION, actor, now, [ended(userId, count)]);
  });
}

/** Ends every other session of the person. Returns how many. */
export function endOtherSessions(userId: string, here: string, actor: Actor, now: Date): Promise<number> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const { count } = await tx.session.deleteMany({ where: { userId, id: { not: here } } });
    if (count > 0) await recordEvents(tx, INSTALLATION, actor, now, [ended(userId, count)]);
    return count;
  });
}

export function renamePerson(userId: string, name: string, actor: Actor, now: Date): Promise<void> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    await personOf(tx, userId);
    await recordEvents(tx, INSTALLATION, actor, now, [{ action: "user.renamed", object: userId }]);
    await tx.user.update({ where: { id: userId }, data: { name, updatedAt: now } });
  });
}

/** Records the last activity, at most once in five minutes. */
export async function noteSeen(session: { id: string; userId: string; updatedAt: Date }, now: Date) {
  if (now.getTime() - session.updatedAt.getTime() < SEEN_NOTED_EVERY_MS) return;
  const { db } = store();
  await db.session.updateMany({ where: { id: session.id }, data: { updatedAt: now } });
  await db.user.updateMany({ where: { id: session.userId }, data: { lastSeenAt: now } });
}

/**
 * Extends an open session to so many seconds from now, but not beyond its longest life. Returns its end; null if it has
 * ended.
 */
export async function prolongSession(
  { id, createdAt }: { id: string; createdAt: Date },
  now: Date,
  seconds: number,
): Promise<Date | null> {
  const wanted = now.getTime() + seconds * 1000;
  const expiresAt = new Date(Math.min(wanted, createdAt.getTime() + LONGEST_LIFE_MS));
  const { count } = await store().db.session.updateMany({
    where: { id, expiresAt: { gt: now } },
    data: { expiresAt, updatedAt: now },
  });
  return count > 0 ? expiresAt : null;
}

function ended(object: string, sessions: number): AuditEvent {
  return { action: "user.sessions-ended", object, details: { sessions } };
}
