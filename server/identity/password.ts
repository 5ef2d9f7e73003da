import { verifyPassword } from "better-auth/crypto";
import { Refusal } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { lockInstallation } from "@/server/store/locks";
import { store } from "@/server/store/store";
import { hashNewPassword } from "./new-password";
import { setPassword } from "./person-rows";
import { forgetTriesOf, isPaused } from "./sign-in-pause";

/** Whether a person signs in with a password here, or only through the identity provider. */
export async function hasPassword(userId: string): Promise<boolean> {
  return (await passwordOf(userId)) !== null;
}

/** Verifies that the person is asking: throws `WRONG_PASSWORD`, and pauses after ten wrong ones. */
export async function provePassword(userId: string, given: string): Promise<void> {
  if (await isPaused(`password|${userId}`, new Date())) throw paused();
  const hash = await passwordOf(userId);
  if (!hash || !(await verifyPassword({ hash, password: given }))) throw wrong();
  await forgetTriesOf(`password|${userId}`);
}

/** Changes the person's own password and ends other sessions. Returns how many. Throws `WEAK_PASSWORD`. */
export async function changePassword(
  userId: string,
  { current, chosen, session }: { current: string; chosen: string; session: string },
  actor: Actor,
  now: Date,
): Promise<number> {
  await provePassword(userId, current);
  const owner = await store().db.user.findUniqueOrThrow({ where: { id: userId } });
  const password = await hashNewPassword(chosen, owner, "chosen");
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    await setPassword(tx, userId, password, now);
    const ended = await tx.session.deleteMany({ where: { userId, id: { not: session } } });
    await tx.recoveryLink.updateMany({ where: { userId, endedAt: null }, data: { endedAt: now } });
    const details = { sessionsEnded: ended.count };
    const event: AuditEvent = { action: "user.password-changed", object: userId, details };
    await recordEvents(tx, INSTALLATION, actor, now, [event]);
    return ended.count;
  });
}

async function passwordOf(userId: string): Promise<string | null> {
  const account = await store().db.account.findFirst({ where: { userId, providerId: "credential" } });
  return account?.password ?? null;
}

function wrong(): Refusal {
  return refused("WRONG_PASSWORD", "The password is wrong. Enter the password that you sign in with.");
}

function paused(): Refusal {
  return refused("TOO_MANY_REQUESTS", "10 wrong passwords were entered. Wait 5 minutes, then try again.");
}

function refused(code: "WRONG_PASSWORD" | "TOO_MANY_REQUESTS", title: string): Refusal {
  return new Refusal(code, title, { faults: [{ code, title, pointer: "/password" }] });
}
