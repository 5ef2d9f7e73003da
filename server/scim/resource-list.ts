import { GROUP_ATTRIBUTES, type ScimAttribute, USER_ATTRIBUTES } from "@/domain/scim/attributes";
import type { Filter } from "@/domain/scim/filter-tree";
import type { ScimResource } from "@/domain/scim/resource";
import { equalTo, meetsResourceFilter } from "@/domain/scim/resource-filter";
import { isUuid } from "@/domain/uuid";
import type { DataKeys } from "@/server/secrets/data-keys";
import { store } from "@/server/store/store";
import type { Connection } from "./connection";
import { storedGroup } from "./groups";
import { externalIndex, nameIndex, scimKeys } from "./scim-keys";
import { type StoredResource, storedUser } from "./users";

/** A page by position: `start` counts from 0. */
export type Range = { start: number; count: number };
export type ResourcePage = { items: StoredResource[]; total: number };

/** Where resources of a kind are read, and how they are found by what filters usually compare. */
type Source = {
  attributes: readonly ScimAttribute[];
  name: string;
  count(where: Where): Promise<number>;
  read(where: Where, range?: Range, after?: StoredResource): Promise<StoredResource[]>;
};
type Where = {
  connectionId: string;
  id?: string;
  nameIndex?: Uint8Array<ArrayBuffer>;
  externalIndex?: Uint8Array<ArrayBuffer>;
};

/** So many resources are decrypted before others get a turn. */
const BATCH = 1000;

/** A page of the users that meet a filter, oldest first. */
export async function listUsers(
  connection: Connection,
  filter: Filter | null,
  range: Range,
): Promise<ResourcePage> {
  return list(connection, await usersOf(connection), filter, range);
}

/** A page of the groups that meet a filter, without their members. */
export async function listGroups(
  connection: Connection,
  filter: Filter | null,
  range: Range,
): Promise<ResourcePage> {
  return list(connection, await groupsIn(connection), filter, range);
}

async function list(
  { id: connectionId }: Connection,
  source: Source,
  filter: Filter | null,
  range: Range,
): Promise<ResourcePage> {
  const where = { connectionId };
  if (!filter) return { items: await source.read(where, range), total: await source.count(where) };
  const found = await search(source, filter, await narrowed(connectionId, source, filter));
  return { items: found.slice(range.start, range.start + range.count), total: found.length };
}

/** Decrypts and compares. Directories ask by name or id, which an index narrows to one or none. */
async function search({ attributes, read }: Source, filter: Filter, where: Where): Promise<StoredResource[]> {
  const found: StoredResource[] = [];
  for (let last: StoredResource | undefined; ; ) {
    const rows = await read(where, { start: 0, count: BATCH }, last);
    found.push(...rows.filter((row) => meetsResourceFilter(filter, withId(row), attributes)));
    last = rows.at(-1);
    if (rows.length < BATCH) return found;
  }
}

async function narrowed(connectionId: string, { attributes, name }: Source, filter: Filter): Promise<Where> {
  const keys = await scimKeys(connectionId);
  const [named, external, id] = [name, "externalId", "id"].map((key) => equalTo(filter, key, attributes)) as [
    string | null,
    string | null,
    string | null,
  ];
  return {
    connectionId,
    ...(id === null ? {} : { id: isUuid(id) ? id.toLowerCase() : NOBODY }),
    ...(named === null ? {} : { nameIndex: nameIndex(keys, named) }),
    ...(external === null ? {} : { externalIndex: externalIndex(keys, external) ?? undefined }),
  };
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

async function usersOf(connection: Connection): Promise<Source> {
  const keys = await scimKeys(connection.id);
  const { db } = store();
  const present = { deletedAt: null };
  return {
    attributes: USER_ATTRIBUTES,
    name: "userName",
    count: (where) => db.scimUser.count({ where: { ...where, ...present } }),
    read: async (where, range, after) => {
      const rows = await db.scimUser.findMany({
        where: { AND: [where, present, behind(after)] },
        ...paged(range),
      });
      return rows.map((row) => storedUser(keys, row));
    },
  };
}

async function groupsIn(connection: Connection): Promise<Source> {
  const keys: DataKeys = await scimKeys(connection.id);
  const { db } = store();
  return {
    attributes: GROUP_ATTRIBUTES,
    name: "displayName",
    count: (where) => db.scimGroup.count({ where }),
    read: async (where, range, after) => {
      const rows = await db.scimGroup.findMany({ where: { AND: [where, behind(after)] }, ...paged(range) });
      return rows.map((row) => storedGroup(keys, row));
    },
  };
}

function paged(range?: Range) {
  const orderBy = [{ createdAt: "asc" as const }, { id: "asc" as const }];
  return { orderBy, ...(range ? { skip: range.start, take: range.count } : {}) };
}

function behind(last?: StoredResource) {
  if (!last) return {};
  const { created, id } = last;
  return { OR: [{ createdAt: { gt: created } }, { createdAt: created, id: { gt: id } }] };
}

function withId({ id, resource }: StoredResource): ScimResource {
  return { ...resource, id };
}
