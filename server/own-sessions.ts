import { store } from "./store";

const SEEN_NOTED_EVERY_MS = 300_000;

/** Once in five minutes at most. */
export async function noteSeen(session: { id: string; userId: string; updatedAt: Date }, now: Date) {
  if (now.getTime() - session.updatedAt.getTime() < SEEN_NOTED_EVERY_MS) return;
  const { db } = store();
  await db.session.updateMany({ where: { id: session.id }, data: { updatedAt: now } });
  await db.user.updateMany({ where: { id: session.userId }, data: { lastSeenAt: now } });
}
