import { END_HOLD_SENTENCE } from "@/domain/leases/lease-state";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { lockLicense } from "@/server/store/locks";
import { store } from "@/server/store/store";

/** Ends the hold that followed a restore. Without one nothing happens. */
export async function endHold(license: string, reason: string, actor: Actor, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    const { holdUntil } = await tx.roster.findUniqueOrThrow({ where: { license } });
    if (!holdUntil || holdUntil <= now) return;
    await tx.roster.update({ where: { license }, data: { holdUntil: null } });
    const details = { until: holdUntil.toISOString(), reason, warning: END_HOLD_SENTENCE };
    await recordEvents(tx, license, actor, now, [{ action: "lease.hold-ended", object: license, details }]);
  });
}

/** Until when no minutes of a license are granted, since the store was restored; null if they are. */
export async function holdOf(license: string, now: Date): Promise<Date | null> {
  const row = await store().db.roster.findUnique({ where: { license }, select: { holdUntil: true } });
  return row?.holdUntil && row.holdUntil > now ? row.holdUntil : null;
}
