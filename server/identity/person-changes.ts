import { Refusal } from "@/domain/refusals/refusal";
import { isRole, type Role } from "@/domain/roles";
import type { Actor } from "@/server/access/actor";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { type Expected, isExpected, tagOf } from "@/server/store/entity-tag";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { withdrawInvitationsOf } from "./invitations";
import { nameCustomers, personOf, refuseCustomers } from "./person-rows";
import { endSeeingOf } from "./seeing-as";
import { limitTokensOf } from "./token-makers";

/** The sessions and tokens that a change of rights ended. */
export type Taken = { sessions: number; tokens: number };

type Rights = { role: string | null; customers: readonly string[] };

/** The tag of a person's rights. */
export function rightsTag({ role, customers }: Rights): string {
  return tagOf([role, customers.toSorted()]);
}

/**
 * Gives a person another role, or other customers. Tokens created by the person that would have more rights are
 * limited or revoked, open invitations end with the right to invite, and so does seeing as others in either
 * direction. `expected` is the tag of the rights that the caller saw. Throws `VERSION_MISMATCH` and `LAST_OWNER`.
 */
export function changeRights(
  id: string,
  { role, customers }: { role: Role; customers: string[] },
  actor: Actor,
  now: Date,
  expected: Expected = null,
): Promise<Taken> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const person = await personOf(tx, id);
    await refuseOther(tx, person, expected);
    await refuseCustomers(tx, role, customers);
    if (role !== "owner") await refuseLastOwner(tx, person, "given another role");
    const details = { before: { role: person.role }, after: { role }, customers };
    await tx.user.update({ where: { id }, data: { role, updatedAt: now } });
    await nameCustomers(tx, id, customers);
    if (role !== "owner") await withdrawInvitationsOf(tx, id, now);
    await endSeeingOf(tx, id);
    const reach = { role, customers: role === "license-admin" ? customers : null };
    const limited = await limitTokensOf(tx, id, reach, now);
    const event: AuditEvent = { action: "user.rights-changed", object: id, details };
    await recordEvents(tx, INSTALLATION, actor, now, [event, ...limited]);
    return { sessions: 0, tokens: revokedIn(limited) };
  });
}

/** Removes a person: no sign-in method is left, sessions end at once, and tokens created by the person are revoked. */
export function removePerson(id: string, actor: Actor, now: Date): Promise<Taken> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const person = await personOf(tx, id);
    await refuseLastOwner(tx, person, "removed");
    const sessions = await tx.session.deleteMany({ where: { userId: id } });
    const limited = await limitTokensOf(tx, id, null, now);
    await forget(tx, id, now);
    const taken = { sessions: sessions.count, tokens: revokedIn(limited) };
    const event: AuditEvent = {
      action: "user.removed",
      object: id,
      details: { role: person.role, ...taken },
    };
    await recordEvents(tx, INSTALLATION, actor, now, [event, ...limited]);
    return taken;
  });
}

/** Ends every session of a person. */
export function endSessionsOf(id: string, actor: Actor, now: Date): Promise<Taken> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    await personOf(tx, id);
    const { count: sessions } = await tx.session.deleteMany({ where: { userId: id } });
    const event: AuditEvent = { action: "user.sessions-ended", object: id, details: { sessions } };
    await recordEvents(tx, INSTALLATION, actor, now, [event]);
    return { sessions, tokens: 0 };
  });
}

async function refuseOther(tx: Tx, { id, role }: { id: string; role: string | null }, expected: Expected) {
  const rows = await tx.customerUser.findMany({ where: { userId: id }, select: { customerId: true } });
  const etag = rightsTag({ role, customers: rows.map(({ customerId }) => customerId) });
  if (isExpected(expected, etag)) return;
  throw new Refusal(
    "VERSION_MISMATCH",
    "Somebody changed these rights in the meantime. Check them, then choose again.",
    { etag },
  );
}

/** The name stays for the audit; the address is free for another invitation. */
async function forget(tx: Tx, id: string, now: Date): Promise<void> {
  await withdrawInvitationsOf(tx, id, now);
  const where = { userId: id };
  await tx.account.deleteMany({ where });
  await tx.twoFactor.deleteMany({ where });
  await tx.customerUser.deleteMany({ where });
  await tx.recoveryLink.deleteMany({ where });
  await tx.savedView.deleteMany({ where });
  const gone = { role: null, banned: true, twoFactorEnabled: false, emailVerified: false, removedAt: now };
  const unset = { timeZone: null, dateForm: null, clock: null };
  await tx.user.update({ where: { id }, data: { ...gone, ...unset, email: `removed-${id}@signet.invalid` } });
}

async function refuseLastOwner(tx: Tx, person: { name: string; role: string | null }, what: string) {
  if (!isRole(person.role) || person.role !== "owner") return;
  if ((await tx.user.count({ where: { role: "owner", removedAt: null } })) > 1) return;
  throw new Refusal(
    "LAST_OWNER",
    `${person.name} was not ${what}: without an owner, nobody could invite people or change rights. Make another person an owner first.`,
  );
}

function revokedIn(events: AuditEvent[]): number {
  return events.filter(({ action }) => action === "token.revoked").length;
}
