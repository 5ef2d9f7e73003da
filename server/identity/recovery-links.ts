import { uuidv7 } from "uuidv7";
import { DAY } from "@/domain/month";
import { Refusal } from "@/domain/refusals/refusal";
import type { Actor } from "@/server/access/actor";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { hashOfLink, newLinkToken } from "@/server/secrets/link-tokens";
import { lockInstallation } from "@/server/store/locks";
import { store } from "@/server/store/store";
import { hashNewPassword } from "./new-password";
import { personOf, setPassword } from "./person-rows";

/** A recovery for a person who lost the password, and the second factor too if it removes that. */
export type Recovery = { userId: string; name: string; email: string; dropsSecondFactor: boolean };

const RECOVERY_MS = DAY;

/** Creates a link with which a person sets a new password, once, within a day. An open one is replaced. */
export function offerRecovery(
  userId: string,
  dropsSecondFactor: boolean,
  actor: Actor,
  now: Date,
): Promise<{ token: string; expires: Date }> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    await personOf(tx, userId);
    const { token, hash } = newLinkToken();
    const expires = new Date(now.getTime() + RECOVERY_MS);
    const event: AuditEvent = {
      action: "user.recovery-offered",
      object: userId,
      details: { dropsSecondFactor },
    };
    await recordEvents(tx, INSTALLATION, actor, now, [event]);
    await tx.recoveryLink.updateMany({ where: { userId, endedAt: null }, data: { endedAt: now } });
    const times = { createdAt: now, expiresAt: expires };
    const link = { id: uuidv7(), userId, dropsSecondFactor, hash, createdBy: actor.id };
    await tx.recoveryLink.create({ data: { ...link, ...times } });
    return { token, expires };
  });
}

/** The recovery of a link; null if it was used or replaced, or has expired. */
export async function findRecovery(token: string, now: Date): Promise<Recovery | null> {
  const row = await store().db.recoveryLink.findFirst({
    where: { hash: hashOfLink(token), endedAt: null, expiresAt: { gt: now } },
    include: { user: true },
  });
  if (!row) return null;
  const { userId, dropsSecondFactor, user } = row;
  return { userId, name: user.name, email: user.email, dropsSecondFactor };
}

/** Sets the new password and ends every session. Throws `LINK_OVER` and `WEAK_PASSWORD`. */
export async function recover(token: string, chosen: string, now: Date): Promise<{ email: string }> {
  const owner = await findRecovery(token, now);
  if (!owner) throw over();
  const password = await hashNewPassword(chosen, owner);
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const row = await tx.recoveryLink.findFirst({
      where: { hash: hashOfLink(token), endedAt: null, expiresAt: { gt: now } },
    });
    if (!row) throw over();
    const { id, userId, dropsSecondFactor } = row;
    const { email } = await personOf(tx, userId);
    const event: AuditEvent = { action: "user.recovered", object: userId, details: { dropsSecondFactor } };
    await recordEvents(tx, INSTALLATION, { kind: "user", id: userId }, now, [event]);
    await tx.recoveryLink.update({ where: { id }, data: { endedAt: now } });
    await setPassword(tx, userId, password, now);
    if (dropsSecondFactor) {
      await tx.twoFactor.deleteMany({ where: { userId } });
      await tx.user.update({ where: { id: userId }, data: { twoFactorEnabled: false } });
    }
    await tx.session.deleteMany({ where: { userId } });
    return { email };
  });
}

function over(): Refusal {
  return new Refusal(
    "LINK_OVER",
    "This link was used or replaced, or has expired. Ask an owner for a new one.",
  );
}
