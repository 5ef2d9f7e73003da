import { Refusal } from "@/domain/refusals/refusal";
import { isRole } from "@/domain/roles";
import { customersLeft, type Reach } from "@/domain/token-reach";
import { isUuid } from "@/domain/uuid";
import type { ApiToken } from "@/prisma/client/client";
import type { Principal } from "@/server/access/gate";
import type { AuditEvent } from "@/server/audit/audit";
import type { Tx } from "@/server/store/store";

/**
 * Checks, under the lock of the installation, that the creator still has the rights it had at the gate. Returns when
 * the creator ends: no token outlives it.
 */
export async function endOfMaker(tx: Tx, maker: Principal): Promise<Date | null> {
  if (maker.kind === "user") return endOfPerson(tx, maker);
  if (!isUuid(maker.id)) return null; // the environment's token and the command line have no end
  const row = await tx.apiToken.findUnique({ where: { id: maker.id } });
  if (!row || row.revokedAt || row.role !== maker.role) throw changedMeanwhile();
  return row.expiresAt;
}

async function endOfPerson(tx: Tx, { id, role, customers }: Principal): Promise<null> {
  const row = await tx.user.findUnique({ where: { id }, include: { customers: true } });
  const named = row?.customers.map(({ customerId }) => customerId);
  if (row?.role !== role || (customers && !customers.every((each) => named?.includes(each))))
    throw changedMeanwhile();
  return null;
}

function changedMeanwhile(): Refusal {
  return new Refusal("FORBIDDEN", "Your rights were just changed. Reload the page.");
}

/**
 * Revokes or limits the tokens that a creator has created, and those created with them, so that none has more access
 * than the creator now has; without access all end. The caller holds the lock of the installation, and records the
 * audit events.
 */
export async function limitTokensOf(
  tx: Tx,
  makerId: string,
  reach: Reach | null,
  now: Date,
): Promise<AuditEvent[]> {
  const tokens = await tx.apiToken.findMany({ where: { createdBy: makerId, revokedAt: null } });
  const events: AuditEvent[] = [];
  for (const token of tokens) events.push(...(await limitToken(tx, token, reach, now)));
  return events;
}

async function limitToken(tx: Tx, token: ApiToken, reach: Reach | null, now: Date): Promise<AuditEvent[]> {
  const { id, name, role, customers } = token;
  if (!isRole(role)) throw new Error(`Token ${id} has the role ${role}.`);
  const customerOfLicense = await customerOf(tx, token.license);
  const left = reach && customersLeft({ role, customers, customerOfLicense }, reach);
  if (!left) {
    await tx.apiToken.update({ where: { id }, data: { revokedAt: now } });
    const revoked: AuditEvent = {
      action: "token.revoked",
      object: id,
      details: { name, with: token.createdBy },
    };
    return [revoked, ...(await limitTokensOf(tx, id, null, now))];
  }
  if (left.length === customers.length) return [];
  await tx.apiToken.update({ where: { id }, data: { customers: left } });
  const narrowed: AuditEvent = { action: "token.narrowed", object: id, details: { name, customers: left } };
  return [narrowed, ...(await limitTokensOf(tx, id, { role, customers: left }, now))];
}

async function customerOf(tx: Tx, license: string | null): Promise<string | null> {
  if (!license) return null;
  const row = await tx.license.findUnique({ where: { number: license }, select: { customerId: true } });
  return row?.customerId ?? null;
}
