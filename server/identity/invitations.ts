import { uuidv7 } from "uuidv7";
import { DAY } from "@/domain/month";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { isRole, type Role } from "@/domain/roles";
import type { Invitation as InvitationRow } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { hashOfLink, newLinkToken } from "@/server/secrets/link-tokens";
import { literal } from "@/server/store/cursor";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { hashNewPassword } from "./new-password";
import type { PeopleFilter } from "./people-list";
import { insertPerson, refuseCustomers } from "./person-rows";

export type NewInvitation = { email: string; role: Role; customers: string[] };
/** The created invitation. Only this result has the token. */
export type Invited = { id: string; token: string; expires: Date };
export type Invitation = NewInvitation & { id: string; created: Date; expires: Date };

const INVITATION_DAYS = 7;

/** Invites a person by e-mail address; an open link for the same address is replaced. Throws `EMAIL_TAKEN`. */
export function invite(wanted: NewInvitation, actor: Actor, now: Date): Promise<Invited> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    if (await tx.user.findUnique({ where: { email: wanted.email } })) throw taken(wanted.email);
    await refuseCustomers(tx, wanted.role, wanted.customers);
    await tx.invitation.updateMany({
      where: { email: wanted.email, ...OPEN },
      data: { withdrawnAt: now },
    });
    return insertInvitation(tx, wanted, actor, now);
  });
}

/** A new link for the same person, if the first was lost or has expired. */
export function renewInvitation(id: string, actor: Actor, now: Date): Promise<Invited & { email: string }> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const before = await openInvitation(tx, id);
    await tx.invitation.update({ where: { id }, data: { withdrawnAt: now } });
    const { email, customers } = before;
    const invited = await insertInvitation(tx, { email, customers, role: roleOf(before) }, actor, now);
    return { ...invited, email };
  });
}

export function withdrawInvitation(id: string, actor: Actor, now: Date): Promise<void> {
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    await openInvitation(tx, id);
    const event: AuditEvent = { action: "invitation.withdrawn", object: id };
    await recordEvents(tx, INSTALLATION, actor, now, [event]);
    await tx.invitation.update({ where: { id }, data: { withdrawnAt: now } });
  });
}

/** The invitation of a link; null if it was used or withdrawn, or has expired. */
export async function findInvitation(token: string, now: Date): Promise<Invitation | null> {
  const row = await store().db.invitation.findFirst({
    where: { hash: hashOfLink(token), ...OPEN, expiresAt: { gt: now } },
  });
  return row && summaryOf(row);
}

/** Creates the account of an invitation. Throws `LINK_OVER` and `WEAK_PASSWORD`; of two simultaneous calls one gets it. */
export async function acceptInvitation(
  token: string,
  chosen: { name: string; password: string },
  now: Date,
): Promise<{ email: string }> {
  const invitation = await findInvitation(token, now);
  if (!invitation) throw over();
  const owner = { name: chosen.name, email: invitation.email };
  const password = await hashNewPassword(chosen.password, owner);
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const row = await tx.invitation.findFirst({
      where: { hash: hashOfLink(token), ...OPEN, expiresAt: { gt: now } },
    });
    if (!row) throw over();
    return becomePerson(tx, row, { name: chosen.name, password, by: "invitation" }, now);
  });
}

/**
 * Accepts the invitation of a person whose e-mail address the identity provider has verified; does nothing if there
 * is none.
 */
export async function acceptVerified(email: string, name: string, now: Date): Promise<void> {
  await store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const row = await tx.invitation.findFirst({ where: { email, ...OPEN, expiresAt: { gt: now } } });
    if (row && !(await tx.user.findUnique({ where: { email } })))
      await becomePerson(tx, row, { name, password: null, by: "identity provider" }, now);
  });
}

/**
 * Invitations that nobody has used yet, including expired ones, newest first; `query` is a part of the address. They
 * have no second factor to filter by.
 */
export async function listInvitations({
  query = "",
  role,
  customer,
  secondFactor,
}: PeopleFilter = {}): Promise<Invitation[]> {
  if (secondFactor) return [];
  const rows = await store().db.invitation.findMany({
    where: {
      ...OPEN,
      role,
      ...(query ? { email: { contains: literal(query), mode: "insensitive" } } : {}),
      ...(customer ? { customers: { has: customer } } : {}),
    },
    orderBy: { createdAt: "desc" },
  });
  return rows.map(summaryOf);
}

/** Withdraws the open invitations of a person: they end with the right to invite. */
export async function withdrawInvitationsOf(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.invitation.updateMany({ where: { createdBy: userId, ...OPEN }, data: { withdrawnAt: now } });
}

const OPEN = { acceptedAt: null, withdrawnAt: null };

async function insertInvitation(
  tx: Tx,
  { email, role, customers }: NewInvitation,
  actor: Actor,
  now: Date,
): Promise<Invited> {
  const id = uuidv7();
  const { token, hash } = newLinkToken();
  const expires = new Date(now.getTime() + INVITATION_DAYS * DAY);
  const event: AuditEvent = { action: "user.invited", object: id, details: { role, customers } };
  await recordEvents(tx, INSTALLATION, actor, now, [event]);
  const times = { createdAt: now, expiresAt: expires };
  await tx.invitation.create({ data: { id, email, role, customers, hash, createdBy: actor.id, ...times } });
  return { id, token, expires };
}

async function becomePerson(
  tx: Tx,
  row: InvitationRow,
  { name, password, by }: { name: string; password: string | null; by: string },
  now: Date,
): Promise<{ email: string }> {
  const id = uuidv7();
  const role = roleOf(row);
  const known = await tx.customer.findMany({ where: { id: { in: row.customers } }, select: { id: true } });
  const customers = known.map((customer) => customer.id);
  const details = { role, customers, by, invitation: row.id };
  const event: AuditEvent = { action: "user.created", object: id, details };
  await recordEvents(tx, INSTALLATION, { kind: "user", id }, now, [event]);
  await tx.invitation.update({ where: { id: row.id }, data: { acceptedAt: now } });
  await insertPerson(tx, { id, name, email: row.email, role, customers, password }, now);
  return { email: row.email };
}

async function openInvitation(tx: Tx, id: string): Promise<InvitationRow> {
  const row = await tx.invitation.findFirst({ where: { id, ...OPEN } });
  if (!row) throw nothingHere();
  return row;
}

function summaryOf(row: InvitationRow): Invitation {
  const { id, email, customers, createdAt, expiresAt } = row;
  return { id, email, role: roleOf(row), customers, created: createdAt, expires: expiresAt };
}

function roleOf({ id, role }: InvitationRow): Role {
  if (!isRole(role)) throw new Error(`Invitation ${id} has the role ${role}.`);
  return role;
}

function taken(email: string): Refusal {
  const title = `${email} already has an account here.`;
  return new Refusal("EMAIL_TAKEN", title, { faults: [{ code: "EMAIL_TAKEN", title, pointer: "/email" }] });
}

function over(): Refusal {
  return new Refusal(
    "LINK_OVER",
    "This link was used or withdrawn, or has expired. Ask an owner for a new one.",
  );
}
