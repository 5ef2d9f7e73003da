import { randomUUID } from "node:crypto";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { USER_ATTRIBUTES } from "@/domain/scim/attributes";
import { applyPatch, type FailedOperation, readResource } from "@/domain/scim/patch";
import type { ScimResource } from "@/domain/scim/resource";
import { subjectOf } from "@/domain/scim/scim-connection";
import { scimRefusal } from "@/domain/scim/scim-refusal";
import type { ScimUser as Row } from "@/prisma/client/client";
import { recordEvents } from "@/server/audit/audit";
import { type DataKeys, INSTALLATION } from "@/server/secrets/data-keys";
import { type Expected, isExpected } from "@/server/store/entity-tag";
import { lockInstallation } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";
import { type Connection, lockConnection } from "./connection";
import { noteEffects } from "./effects";
import type { ScimActing } from "./scim-acting";
import { decryptResource, encryptResource, externalIndex, nameIndex, scimKeys } from "./scim-keys";

/** A user or a group as it leaves the store, without the members of a group. */
export type StoredResource = {
  id: string;
  resource: ScimResource;
  version: number;
  created: Date;
  updated: Date;
};

type UserChange = { resource: ScimResource; failed: FailedOperation[] };

/** Creates a user, who is active unless told otherwise. Throws `uniqueness` if the user name is taken. */
export async function createUser(acting: ScimActing, body: unknown): Promise<StoredResource> {
  const { resource } = readResource(body, USER_ATTRIBUTES);
  return inConnection(acting, async (tx, keys, connection) => {
    const id = randomUUID();
    await refuseTaken(tx, keys, connection, resource, id);
    const row = await tx.scimUser.create({
      data: {
        ...{ id, connectionId: connection.id, createdAt: acting.now, updatedAt: acting.now },
        ...columnsOf(keys, id, { active: true, ...resource }),
        ...dueIf(resource.active === false),
      },
    });
    if (resource.active === false) await record(tx, acting, "scim.user-deactivated", id);
    return storedUser(keys, row);
  });
}

/** Replaces a user by what is sent; what is left out is removed, but a user who isn't named inactive stays as before. */
export function replaceUser(
  acting: ScimActing,
  id: string,
  body: unknown,
  expected: Expected,
): Promise<StoredResource> {
  const { resource } = readResource(body, USER_ATTRIBUTES);
  return changeUser(acting, id, expected, ({ active }) => ({
    resource: { active: active ?? true, ...resource },
    failed: [],
  }));
}

/**
 * Applies a PATCH. It is applied whole or not at all, except for a deactivation, which is never lost: then what can be
 * done is done, and the report names the rest.
 */
export function patchUser(
  acting: ScimActing,
  id: string,
  operations: readonly unknown[],
  expected: Expected,
): Promise<StoredResource> {
  return changeUser(acting, id, expected, (before) => {
    const { resource, failed } = applyPatch(before, operations, USER_ATTRIBUTES);
    const isDeactivated = before.active !== false && resource.active === false;
    const [first] = failed;
    if (first && !isDeactivated) throw scimRefusal(first.type ?? "invalidValue", first.detail);
    return { resource, failed };
  });
}

/** Deletes a user; the row goes once the seats are released. */
export async function deleteUser(acting: ScimActing, id: string, expected: Expected): Promise<void> {
  await inConnection(acting, async (tx, keys, connection) => {
    const row = await userRow(tx, connection, id);
    refuseOther(row, expected);
    await tx.scimMember.deleteMany({ where: { userId: id } });
    await tx.scimInactive.deleteMany({ where: { userId: id } });
    await tx.scimUser.update({
      where: { id },
      data: { ...dueIf(true), isActive: false, deletedAt: acting.now, version: row.version + 1 },
    });
    await record(tx, acting, "scim.user-deleted", id);
    return storedUser(keys, row);
  });
}

export async function userById(connection: Connection, id: string): Promise<StoredResource> {
  const row = await userRow(store().db, connection, id);
  return storedUser(await scimKeys(connection.id), row);
}

export function storedUser(keys: DataKeys, row: Row): StoredResource {
  const { id, content, version, createdAt: created, updatedAt: updated } = row;
  return { id, resource: decryptResource(keys, "user", id, content), version, created, updated };
}

/** Runs a change of users or groups under the locks of the installation, whose audit it may write, and the connection. */
export async function inConnection<T>(
  { connection }: ScimActing,
  work: (tx: Tx, keys: DataKeys, connection: Connection) => Promise<T>,
): Promise<T> {
  const keys = await scimKeys(connection.id);
  return store().db.$transaction(async (tx) => {
    await lockInstallation(tx);
    return work(tx, keys, await lockConnection(tx, connection));
  });
}

export function refuseOther(row: { version: number }, expected: Expected): void {
  if (isExpected(expected, String(row.version))) return;
  throw new Refusal("VERSION_MISMATCH", "The resource was changed in the meantime. Read it and try again.", {
    etag: String(row.version),
  });
}

function changeUser(
  acting: ScimActing,
  id: string,
  expected: Expected,
  change: (before: ScimResource) => UserChange,
): Promise<StoredResource> {
  return inConnection(acting, async (tx, keys, connection) => {
    const row = await userRow(tx, connection, id);
    refuseOther(row, expected);
    const before = decryptResource(keys, "user", id, row.content);
    const { resource, failed } = change(before);
    await noteEffects(tx, keys, acting, failed.map(failedEffect(id)));
    if (JSON.stringify(sorted(before)) === JSON.stringify(sorted(resource))) return storedUser(keys, row);
    await refuseTaken(tx, keys, connection, resource, id);
    const turn = await turned(tx, { ...acting, connection }, row, before, resource);
    const data = { ...columnsOf(keys, id, resource), ...turn };
    const version = row.version + 1;
    const saved = await tx.scimUser.update({
      where: { id },
      data: { ...data, version, updatedAt: acting.now },
    });
    return storedUser(keys, saved);
  });
}

/**
 * What changes beside the attributes when a user becomes inactive or active, or gets another subject while inactive.
 * Activation gives nothing back.
 */
async function turned(
  tx: Tx,
  acting: ScimActing,
  { id, isActive }: Row,
  before: ScimResource,
  after: ScimResource,
) {
  const becomesActive = after.active !== false;
  const { subject } = acting.connection;
  const isOther = isActive !== becomesActive;
  if (!isOther && (isActive || subjectOf(before, subject) === subjectOf(after, subject))) return {};
  if (isOther) await record(tx, acting, isActive ? "scim.user-deactivated" : "scim.user-activated", id);
  if (!isActive) await tx.scimInactive.deleteMany({ where: { userId: id } });
  return dueIf(!becomesActive);
}

function dueIf(isDue: boolean) {
  return { isDue, isReported: false, hasSpellings: isDue };
}

const failedEffect = (user: string) => (failure: FailedOperation) => ({
  ...{ kind: "operation-failed" as const, isDone: false, user },
  ...{ subject: `Operation ${failure.at + 1}: ${failure.detail}`, code: failure.type },
});

function record(
  tx: Tx,
  { connection, actor, now }: ScimActing,
  action: "scim.user-deactivated" | "scim.user-activated" | "scim.user-deleted",
  user: string,
): Promise<void> {
  const details = { name: connection.scope.name, connection: connection.id };
  return recordEvents(tx, INSTALLATION, actor, now, [{ action, object: user, details }]);
}

async function userRow(tx: Pick<Tx, "scimUser">, { id: connectionId }: Connection, id: string): Promise<Row> {
  const row = await tx.scimUser.findFirst({ where: { id, connectionId, deletedAt: null } });
  if (!row) throw nothingHere();
  return row;
}

async function refuseTaken(
  tx: Tx,
  keys: DataKeys,
  { id: connectionId }: Connection,
  { userName }: ScimResource,
  own: string,
): Promise<void> {
  const where = { connectionId, nameIndex: nameIndex(keys, String(userName)), deletedAt: null };
  const taken = await tx.scimUser.findFirst({ where: { ...where, id: { not: own } }, select: { id: true } });
  if (taken) throw scimRefusal("uniqueness", "Another user of this connection has this user name.");
}

function columnsOf(keys: DataKeys, id: string, resource: ScimResource) {
  return {
    nameIndex: nameIndex(keys, String(resource.userName)),
    externalIndex: externalIndex(keys, resource.externalId),
    content: encryptResource(keys, "user", id, resource),
    isActive: resource.active !== false,
  };
}

function sorted(resource: ScimResource): [string, unknown][] {
  return Object.entries(resource).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
