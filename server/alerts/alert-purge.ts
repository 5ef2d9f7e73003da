import { DAY } from "@/domain/month";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";

const RESOLVED_DAYS = 400;
const DELIVERY_DAYS = 90;

/** Deletes what is past its time, and what an evaluation wrote about a license while it was removed. */
export async function purgeAlerts(now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY);
  const { db } = store();
  await db.alertDelivery.deleteMany({ where: { endedAt: { lt: before(DELIVERY_DAYS) } } });
  await db.alert.deleteMany({ where: { resolvedAt: { lt: before(RESOLVED_DAYS) } } });
  await db.reachedLimit.deleteMany({ where: { at: { lt: before(RESOLVED_DAYS) } } });
  for (const table of ["alert_delivery", "alert", "alert_watch", "alert_rules", "reached_limit"])
    await db.$executeRawUnsafe(
      `DELETE FROM ${table} x WHERE x.scope <> $1 AND NOT EXISTS (SELECT FROM license l WHERE l.number = x.scope)`,
      INSTALLATION,
    );
  await db.$executeRaw`
    DELETE FROM alert_seen s WHERE NOT EXISTS (SELECT FROM license l WHERE l.number = s.license)
      OR (s.month <> '' AND s.month < ${before(RESOLVED_DAYS).toISOString().slice(0, 7)})`;
}
