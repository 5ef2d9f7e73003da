import { released, reservedBy } from "@/domain/leases/lease-rules";
import { releaseSentence } from "@/domain/leases/lease-state";
import { nothingHere } from "@/domain/refusals/refusal";
import type { MinuteLease as LeaseRow } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { recordEvents } from "@/server/audit/audit";
import { lockLicense } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";

/** The minutes that a release gives back, and what it may lead to. */
export type LeaseRelease = { minutes: number; warning: string };

/** What a release of a lease would give back now. */
export async function previewRelease(license: string, lease: string): Promise<LeaseRelease> {
  return releaseOf(await leaseById(store().db, license, lease));
}

/**
 * Gives back what a lease holds and hasn't booked. Its deployment learns of it with its next call; what it spends until
 * then can exceed the cap. A repeated release gives back nothing.
 */
export async function releaseLease(
  license: string,
  lease: string,
  reason: string,
  actor: Actor,
  now: Date,
): Promise<LeaseRelease> {
  return store().db.$transaction(async (tx) => {
    await lockLicense(tx, license);
    await lockMonth(tx, await leaseById(tx, license, lease));
    const before = await leaseById(tx, license, lease);
    const release = releaseOf(before);
    if (before.state === "released") return release;
    const { allotment, month, source, superseded } = before;
    await tx.minuteLease.update({ where: { id: lease }, data: released(before) });
    await tx.usageMonth.update({
      where: { license_allotment_month: { license, allotment, month } },
      data: { reserved: { decrement: release.minutes }, openLeases: { decrement: superseded ? 0 : 1 } },
    });
    const details = { allotment, month, source, minutes: release.minutes, reason, warning: release.warning };
    await recordEvents(tx, license, actor, now, [{ action: "lease.released", object: lease, details }]);
    return release;
  });
}

function releaseOf({ state, granted, booked }: LeaseRow): LeaseRelease {
  const minutes = reservedBy({ granted: Number(granted), booked: Number(booked), state });
  return { minutes, warning: releaseSentence(minutes) };
}

async function leaseById(tx: Pick<Tx, "minuteLease">, license: string, id: string): Promise<LeaseRow> {
  const row = await tx.minuteLease.findUnique({ where: { id, license } });
  if (!row) throw nothingHere();
  return row;
}

/** Under this lock the leases of a month are decided. */
async function lockMonth(tx: Tx, { license, allotment, month }: LeaseRow): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM usage_month
    WHERE license = ${license} AND allotment = ${allotment} AND month = ${month} FOR UPDATE`;
}
