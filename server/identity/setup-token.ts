import { timingSafeEqual } from "node:crypto";
import { hashOfLink, newLinkToken } from "@/server/secrets/link-tokens";
import { store } from "@/server/store/store";

const SETUP_TOKEN_MS = 3_600_000;

/** A token for the one-time link that creates the first owner, or null if there is an owner. Valid for an hour. */
export async function offerSetup(now: Date): Promise<string | null> {
  const { db } = store();
  if ((await db.user.count({ where: { role: "owner" } })) > 0) return null;
  const { token, hash } = newLinkToken();
  const setupExpires = new Date(now.getTime() + SETUP_TOKEN_MS);
  await db.installation.update({ where: { id: 1 }, data: { setupHash: hash, setupExpires } });
  return token;
}

/** Whether a set-up token is the one that was printed last, and hasn't expired. */
export async function setupTokenHolds(token: string, now: Date): Promise<boolean> {
  const row = await store().db.installation.findUnique({ where: { id: 1 } });
  if (!row?.setupHash || !row.setupExpires || row.setupExpires <= now) return false;
  return timingSafeEqual(row.setupHash, hashOfLink(token));
}

/** Uses up the token: of two simultaneous calls, one gets true. */
export async function takeSetupToken(token: string, now: Date): Promise<boolean> {
  const taken = await store().db.installation.updateMany({
    where: { id: 1, setupHash: hashOfLink(token), setupExpires: { gt: now } },
    data: { setupHash: null, setupExpires: null },
  });
  return taken.count === 1;
}
