import { nameKey } from "@/domain/licenses/definition";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { type GroupMapping, isSubjectPath, type ScimSettings } from "@/domain/scim/scim-connection";
import { type Actor, SYSTEM } from "@/server/access/actor";
import { licenseScope, type Principal } from "@/server/access/gate";
import { recordEvents } from "@/server/audit/audit";
import { createToken, endToken, principalOfRow } from "@/server/identity/tokens";
import { createDataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import type { Page, Slice } from "@/server/store/cursor";
import { type Expected, isExpected, tagOf } from "@/server/store/entity-tag";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { lockedRow, settingsOf } from "./connection";
import { idsInScope, isInScope } from "./connection-scope";
import { resettle } from "./resettling";
import { keyScope } from "./scim-keys";
import { type ScimConnection, shownConnections } from "./shown-connections";

export type NewConnection = ScimSettings & {
  name: string;
  license?: string;
  customers?: string[];
  expires?: Date;
};

/** Creates a connection; only this result has the text of its token. */
export async function createConnection(
  principal: Principal,
  { subject, groups, report, ...wanted }: NewConnection,
  actor: Actor,
  now: Date,
): Promise<ScimConnection & { token: string }> {
  const settings = { subject, groups, report };
  const token = await createToken(
    principal,
    { ...wanted, role: "license-admin" },
    actor,
    now,
    async (tx, row) => {
      await refuseUnfit(tx, settings, principalOfRow(row));
      await createDataKeys(tx, [keyScope(row.id)]);
      await tx.scimConnection.create({
        data: { token: row.id, subject, groups, isReport: report, createdAt: now, updatedAt: now },
      });
      const details = { name: row.name, subject, groups, report };
      await recordEvents(tx, INSTALLATION, actor, now, [
        { action: "scim.connected", object: row.id, details },
      ]);
    },
  );
  return { ...(await connectionById(principal, token.id)), token: token.token };
}

/** The connections that a principal can see, newest first. There are a few per customer. */
export async function listConnections(principal: Principal, slice: Slice): Promise<Page<ScimConnection>> {
  const { items: ids, cursor } = await idsInScope(principal, slice);
  return { items: await shownConnections(ids), cursor };
}

export async function connectionById(principal: Principal, id: string): Promise<ScimConnection> {
  const [connection] = (await isInScope(principal, id)) ? await shownConnections([id]) : [];
  if (!connection) throw nothingHere();
  return connection;
}

/** Changes settings. What they ask for is done with the next request or within a minute. */
export async function changeConnection(
  principal: Principal,
  id: string,
  change: Partial<ScimSettings>,
  actor: Actor,
  now: Date,
  expected: Expected = null,
): Promise<ScimConnection> {
  const before = await connectionById(principal, id);
  await store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const [token, row] = [await tx.apiToken.findUnique({ where: { id } }), await lockedRow(tx, id)];
    if (!token || !row) throw nothingHere();
    const known = settingsOf(row);
    if (!isExpected(expected, connectionTag({ id, ...known }))) throw changedMeanwhile({ id, ...known });
    const settings = { ...known, ...change };
    if (tagOf(settings) === tagOf(known)) return;
    const scope = principalOfRow(token);
    await refuseUnfit(tx, settings, scope);
    const { subject, groups, report } = settings;
    await tx.scimConnection.update({
      where: { token: id },
      data: { subject, groups, isReport: report, updatedAt: now },
    });
    await resettle(tx, { id, scope, ...settings }, known);
    const details = { name: before.name, before: known, after: settings };
    await recordEvents(tx, INSTALLATION, actor, now, [
      { action: "scim.settings-changed", object: id, details },
    ]);
  });
  return connectionById(principal, id);
}

/** Removes a connection with its users and groups, and revokes its token. Seats stay as they are. */
export async function removeConnection(
  principal: Principal,
  id: string,
  actor: Actor,
  now: Date,
): Promise<void> {
  await connectionById(principal, id);
  await store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    const token = await tx.apiToken.findUnique({ where: { id } });
    if (token && !token.revokedAt) await endToken(tx, token, actor, now);
    await removeRows(tx, id, token?.name ?? id, actor, now);
  });
}

/** Removes the connections whose tokens were revoked elsewhere. */
export async function removeRevoked(now: Date): Promise<void> {
  const { db } = store();
  const rows = await db.scimConnection.findMany({ select: { token: true } });
  const ids = rows.map(({ token }) => token);
  const revoked = await db.apiToken.findMany({ where: { id: { in: ids }, revokedAt: { not: null } } });
  for (const { id, name } of revoked)
    await db.$transaction(async (tx) => {
      await lockInstallation(tx);
      await removeRows(tx, id, name, SYSTEM, now);
    });
}

/** The tag of what admins set. */
export function connectionTag({ id, subject, groups, report }: ScimSettings & { id: string }): string {
  return tagOf([id, subject, groups, report]);
}

/** Without its keys nothing of the connection can be decrypted any more, whatever a backup has. */
async function removeRows(tx: Tx, id: string, name: string, actor: Actor, now: Date): Promise<void> {
  const { count } = await tx.scimConnection.deleteMany({ where: { token: id } });
  if (count === 0) return;
  await tx.dataKey.deleteMany({ where: { scope: keyScope(id) } });
  for (const table of ["scim_grant", "scim_license", "scim_request", "scim_effect"])
    await tx.$executeRawUnsafe(`DELETE FROM "${table}" WHERE connection = $1::uuid`, id);
  const event = { action: "scim.removed" as const, object: id, details: { name } };
  await recordEvents(tx, INSTALLATION, actor, now, [event]);
}

async function refuseUnfit(tx: Tx, { subject, groups }: ScimSettings, scope: Principal): Promise<void> {
  if (!isSubjectPath(subject))
    throw wrong(
      "/subject",
      'Enter the path of a text of a user, such as userName or emails[type eq "work"].value.',
    );
  for (const [at, mapping] of groups.entries()) await refuseUnfitMapping(tx, mapping, scope, at);
}

async function refuseUnfitMapping(
  tx: Tx,
  { group, license, allotment }: GroupMapping,
  scope: Principal,
  at: number,
): Promise<void> {
  const number = { number: license };
  const reached = await tx.license.findFirst({
    where: { AND: [number, licenseScope(scope)] },
    select: { number: true },
  });
  if (!reached)
    throw wrong(
      `/groups/${at}/license`,
      `${group}: the connection doesn't reach a license with this number.`,
    );
  const key = nameKey(allotment);
  const known = await tx.allotment.findFirst({ where: { licenseNumber: license, key, class: "assigned" } });
  if (!known)
    throw wrong(`/groups/${at}/allotment`, `${group}: the license has no allotment with seats of this name.`);
}

function changedMeanwhile(current: ScimSettings & { id: string }): Refusal {
  return new Refusal(
    "VERSION_MISMATCH",
    "The connection was changed in the meantime. Read it, look at the difference, and try again.",
    { etag: connectionTag(current) },
  );
}

function wrong(pointer: string, title: string): Refusal {
  return new Refusal("INVALID_BODY", title, { faults: [{ code: "INVALID_VALUE", title, pointer }] });
}
