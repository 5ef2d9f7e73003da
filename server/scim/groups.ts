import { randomUUID } from "node:crypto";
import { nothingHere } from "@/domain/refusals/refusal";
import { GROUP_ATTRIBUTES } from "@/domain/scim/attributes";
import type { MemberChange } from "@/domain/scim/member-change";
import { applyPatch, readResource } from "@/domain/scim/patch";
import type { ScimResource } from "@/domain/scim/resource";
import { scimRefusal } from "@/domain/scim/scim-refusal";
import type { ScimGroup as Row } from "@/prisma/client/client";
import type { DataKeys } from "@/server/secrets/data-keys";
import type { Expected } from "@/server/store/entity-tag";
import { store, type Tx } from "@/server/store/store";
import type { Connection } from "./connection";
import { noteEffects } from "./effects";
import { leaveGrants, syncGrants } from "./mapped-grants";
import { changeMembers, type Membership } from "./members";
import type { ScimActing } from "./scim-acting";
import { decryptResource, encryptResource, externalIndex, nameIndex, scimKeys } from "./scim-keys";
import { inConnection, refuseOther, type StoredResource } from "./users";

type GroupChange = { resource: ScimResource; members: MemberChange[] };

/** Creates a group with its members. */
export function createGroup(acting: ScimActing, body: unknown): Promise<StoredResource> {
  const { resource, members } = readResource(body, GROUP_ATTRIBUTES);
  return inConnection(acting, async (tx, keys, connection) => {
    const id = randomUUID();
    const { id: connectionId } = connection;
    const times = { createdAt: acting.now, updatedAt: acting.now };
    const row = await tx.scimGroup.create({
      data: { id, connectionId, ...times, ...columnsOf(keys, id, resource) },
    });
    await changeMemberships(tx, keys, { ...acting, connection }, storedGroup(keys, row), members);
    return storedGroup(keys, row);
  });
}

/** Replaces a group and its members by what is sent. */
export function replaceGroup(
  acting: ScimActing,
  id: string,
  body: unknown,
  expected: Expected,
): Promise<StoredResource> {
  const { resource, members } = readResource(body, GROUP_ATTRIBUTES);
  const replaced = members.length > 0 ? members : [{ op: "replace" as const, ids: [] }];
  return changeGroup(acting, id, expected, () => ({ resource, members: replaced }));
}

/** Applies a PATCH, whole or not at all. */
export function patchGroup(
  acting: ScimActing,
  id: string,
  operations: readonly unknown[],
  expected: Expected,
): Promise<StoredResource> {
  return changeGroup(acting, id, expected, (before) => {
    const { resource, members, failed } = applyPatch(before, operations, GROUP_ATTRIBUTES);
    const [first] = failed;
    if (first) throw scimRefusal(first.type ?? "invalidValue", first.detail);
    return { resource, members };
  });
}

/** Deletes a group: its members leave it. */
export async function deleteGroup(acting: ScimActing, id: string, expected: Expected): Promise<void> {
  await inConnection(acting, async (tx, _, connection) => {
    refuseOther(await groupRow(tx, connection, id), expected);
    await leaveGrants(tx, id, null);
    await tx.scimGroup.delete({ where: { id } });
  });
}

export async function groupById(connection: Connection, id: string): Promise<StoredResource> {
  const row = await groupRow(store().db, connection, id);
  return storedGroup(await scimKeys(connection.id), row);
}

export function storedGroup(keys: DataKeys, row: Row): StoredResource {
  const { id, content, version, createdAt: created, updatedAt: updated } = row;
  return { id, resource: decryptResource(keys, "group", id, content), version, created, updated };
}

function changeGroup(
  acting: ScimActing,
  id: string,
  expected: Expected,
  change: (before: ScimResource) => GroupChange,
): Promise<StoredResource> {
  return inConnection(acting, async (tx, keys, connection) => {
    const row = await groupRow(tx, connection, id);
    refuseOther(row, expected);
    const before = storedGroup(keys, row);
    const { resource, members } = change(before.resource);
    const after = { ...before, resource };
    const isMoved = await changeMemberships(tx, keys, { ...acting, connection }, after, members);
    const isRenamed = JSON.stringify(before.resource) !== JSON.stringify(resource);
    if (!isMoved && !isRenamed) return before;
    if (isRenamed) await syncGrants(tx, connection, after, null);
    const data = { ...columnsOf(keys, id, resource), version: row.version + 1, updatedAt: acting.now };
    return storedGroup(keys, await tx.scimGroup.update({ where: { id }, data }));
  });
}

/** Changes who is in a group, and notes the seats that its mappings give or take. Returns whether anybody moved. */
async function changeMemberships(
  tx: Tx,
  keys: DataKeys,
  acting: ScimActing,
  group: StoredResource,
  changes: readonly MemberChange[],
): Promise<boolean> {
  const moves: Membership = { joined: [], left: [], unknown: [] };
  for (const change of changes) {
    const { joined, left, unknown } = await changeMembers(tx, acting.connection, group.id, change);
    if (left.length > 0) await leaveGrants(tx, group.id, left);
    if (joined.length > 0) await syncGrants(tx, acting.connection, group, joined);
    moves.joined.push(...joined);
    moves.left.push(...left);
    moves.unknown.push(...unknown);
  }
  const unknown = moves.unknown.slice(0, MOST_NAMED);
  await noteEffects(
    tx,
    keys,
    acting,
    unknown.map((subject) => ({ kind: "member-unknown", isDone: false, subject })),
  );
  return moves.joined.length + moves.left.length > 0;
}

const MOST_NAMED = 20;

async function groupRow(
  tx: Pick<Tx, "scimGroup">,
  { id: connectionId }: Connection,
  id: string,
): Promise<Row> {
  const row = await tx.scimGroup.findFirst({ where: { id, connectionId } });
  if (!row) throw nothingHere();
  return row;
}

function columnsOf(keys: DataKeys, id: string, resource: ScimResource) {
  return {
    nameIndex: nameIndex(keys, String(resource.displayName)),
    externalIndex: externalIndex(keys, resource.externalId),
    content: encryptResource(keys, "group", id, resource),
  };
}
