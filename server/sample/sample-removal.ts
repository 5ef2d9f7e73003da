import type { Actor } from "@/server/access/actor";
import { customerScope, licenseScope, type Principal } from "@/server/access/gate";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { hex } from "@/server/audit/log";
import { removeLicense } from "@/server/licenses/license-removal";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { lockInstallation, lockLicense } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { sampleNumbers } from "./plan";

/** The existing sample data: how many customers and licenses, and which of these people created for them. */
export type SampleFound = { customers: number; licenses: number; ownNumbers: string[] };

const OF_SAMPLE = { customer: { isSample: true } };
/** A license may have data that somebody imported into it to try that. */
const REMOVAL = { timeout: 60_000, maxWait: 10_000 };

/** The sample data in scope; null if there is none. */
export async function findSample(principal: Principal): Promise<SampleFound | null> {
  const { db } = store();
  const customers = await db.customer.count({
    where: { AND: [customerScope(principal), { isSample: true }] },
  });
  if (customers === 0) return null;
  const licenses = await db.license.findMany({
    where: { AND: [licenseScope(principal), OF_SAMPLE] },
    select: { number: true },
    orderBy: { number: "asc" },
  });
  const told = new Set(sampleNumbers());
  const numbers = licenses.map(({ number }) => number);
  return { customers, licenses: numbers.length, ownNumbers: numbers.filter((number) => !told.has(number)) };
}

/**
 * Removes the customers of the sample data with all their licenses. Keys go first, so that no product is admitted any
 * more. The audit of each license is removed with it; the installation's records its length and last hash. What was
 * removed before a crash stays removed, and the next call continues.
 */
export async function removeSample(actor: Actor, now: Date): Promise<void> {
  const { db } = store();
  await db.signedKey.deleteMany({ where: { license: OF_SAMPLE } });
  const licenses = await db.license.findMany({ where: OF_SAMPLE, select: { number: true } });
  for (const { number } of licenses)
    await db.$transaction((tx) => removeOne(tx, number, actor, now), REMOVAL);
  await db.$transaction((tx) => removeCustomers(tx, actor, now));
}

/** The installation's lock comes first, as where a license is created. */
async function removeOne(tx: Tx, number: string, actor: Actor, now: Date): Promise<void> {
  await lockInstallation(tx);
  const license = await tx.license.findUnique({ where: { number } });
  if (!license) return;
  await lockLicense(tx, number);
  const { auditSequence, auditHead } = await tx.roster.findUniqueOrThrow({ where: { license: number } });
  const details = { customer: license.customerId, events: Number(auditSequence), end: hex(auditHead) };
  const removed: AuditEvent = { action: "license.removed", object: number, details };
  const revoked = await revokeTokens(tx, number, now);
  await removeLicense(tx, number);
  await recordEvents(tx, INSTALLATION, actor, now, license.copyOf ? revoked : [removed, ...revoked]);
}

/** Tokens that are bound to a license would give access to the next one with its number. */
async function revokeTokens(tx: Tx, license: string, now: Date): Promise<AuditEvent[]> {
  const tokens = await tx.apiToken.findMany({ where: { license, revokedAt: null } });
  await tx.apiToken.updateMany({ where: { license, revokedAt: null }, data: { revokedAt: now } });
  return tokens.map(({ id, name }) => ({ action: "token.revoked", object: id, details: { name, license } }));
}

/** A customer that got a license in the meantime stays for the next call. */
async function removeCustomers(tx: Tx, actor: Actor, now: Date): Promise<void> {
  await lockInstallation(tx);
  const where = { isSample: true, licenses: { none: {} } };
  const gone = await tx.customer.findMany({
    where,
    select: { id: true, name: true },
    orderBy: { nameKey: "asc" },
  });
  if (gone.length === 0) return;
  const customerId = { in: gone.map(({ id }) => id) };
  await tx.webhook.deleteMany({ where: { customerId } });
  await tx.customerUser.deleteMany({ where: { customerId } });
  await tx.customer.deleteMany({ where: { id: customerId } });
  const customers = gone.map(({ name }) => name);
  await recordEvents(tx, INSTALLATION, actor, now, [
    { action: "installation.sample-removed", object: INSTALLATION, details: { customers } },
  ]);
}
