import type { InstallationFacts } from "@/domain/alerts/installation-conditions";
import { scheduledBackups } from "@/server/backups/scheduled-backups";
import { lastCheckpoint } from "@/server/checkpoints/checkpoints";
import { store } from "@/server/store/store";
import { disabledReasonOf } from "@/server/webhooks/webhook";

/** Tokens that will expire, active signing keys, webhooks that fail, and copies that are made regularly. */
export async function installationFacts(now: Date): Promise<InstallationFacts> {
  const { db } = store();
  const [tokens, signingKeys, webhooks, checkpoint] = await Promise.all([
    db.apiToken.findMany({
      where: { revokedAt: null, expiresAt: { gt: now } },
      select: { id: true, name: true, createdAt: true, expiresAt: true },
    }),
    db.signingKey.findMany({ where: { status: "active" }, select: { kid: true, createdAt: true } }),
    db.webhook.findMany({
      where: { OR: [{ state: "disabled" }, { toldAt: { not: null } }] },
      select: {
        ...{ id: true, name: true, customerId: true, failingSince: true, updatedAt: true },
        ...{ state: true, disabledReason: true },
      },
    }),
    lastCheckpoint(),
  ]);
  return {
    tokens: tokens.flatMap(({ id, name, createdAt: created, expiresAt: expires }) =>
      expires ? [{ id, name, created, expires }] : [],
    ),
    signingKeys: signingKeys.map(({ kid, createdAt: created }) => ({ kid, created })),
    webhooks: webhooks.map(({ id, name, customerId: customer, failingSince, updatedAt, ...row }) => ({
      ...{ id, name, customer, since: failingSince ?? updatedAt, disabled: disabledReasonOf(row) },
    })),
    copies: { checkpoint, backups: scheduledBackups(), upHours: process.uptime() / 3600 },
  };
}
