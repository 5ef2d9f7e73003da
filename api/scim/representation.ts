import type { Context } from "hono";
import { etag } from "@/api/admin/tags";
import { originOf } from "@/api/origin";
import {
  attributeNamed,
  ENTERPRISE_SCHEMA,
  GROUP_ATTRIBUTES,
  GROUP_SCHEMA,
  type ScimAttribute,
  USER_ATTRIBUTES,
  USER_SCHEMA,
} from "@/domain/scim/attributes";
import type { ScimResource } from "@/domain/scim/resource";
import { scimRefusal } from "@/domain/scim/scim-refusal";
import type { Member } from "@/server/scim/members";
import type { StoredResource } from "@/server/scim/users";
import { SCIM_MEDIA } from "./scim-problems";

export const SCIM_PATH = "/scim/v2";
export const LIST_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

/** A kind of resource, as its URLs and `meta` name it. */
export type ResourceKind = "User" | "Group";

type Json = { [name: string]: unknown };

export const KINDS = {
  User: { path: `${SCIM_PATH}/Users`, schema: USER_SCHEMA, attributes: USER_ATTRIBUTES },
  Group: { path: `${SCIM_PATH}/Groups`, schema: GROUP_SCHEMA, attributes: GROUP_ATTRIBUTES },
} as const satisfies Record<
  ResourceKind,
  { path: string; schema: string; attributes: readonly ScimAttribute[] }
>;

/** The attributes that a request asks for (RFC 7644, 3.9). `id` and `schemas` are always returned. */
export type Projection = { only: ReadonlySet<string> | null; without: ReadonlySet<string> };

export function projectionIn(c: Context, kind: ResourceKind): Projection {
  const [only, without] = ["attributes", "excludedAttributes"].map((name) => c.req.query(name) || null);
  if (only && without) throw scimRefusal("invalidValue", "Send attributes or excludedAttributes, not both.");
  return { only: only ? namesIn(only, kind) : null, without: namesIn(without ?? "", kind) };
}

/** Whether a response shows an attribute. */
export function isShown({ only, without }: Projection, key: string): boolean {
  return key === "id" || ((only?.has(key) ?? true) && !without.has(key));
}

/** A user as it is sent; with its groups. */
export function userJson(
  c: Context,
  user: StoredResource,
  groups: readonly Member[],
  shown: Projection,
): Json {
  const linked = groups.map(({ id, name }) => ({ value: id, display: name, $ref: urlOf(c, "Group", id) }));
  return resourceJson(c, "User", user, { ...user.resource, groups: linked }, shown);
}

/** A group as it is sent; its members are null if they weren't read. */
export function groupJson(
  c: Context,
  group: StoredResource,
  members: readonly Member[] | null,
  shown: Projection,
): Json {
  const linked = members?.map(({ id, name }) => {
    return { value: id, display: name, type: "User", $ref: urlOf(c, "User", id) };
  });
  const all = linked ? { ...group.resource, members: linked } : group.resource;
  return resourceJson(c, "Group", group, all, shown);
}

export function urlOf(c: Context, kind: ResourceKind, id: string): string {
  return `${originOf(c)}${KINDS[kind].path}/${id}`;
}

export function versionTag({ version }: StoredResource): string {
  return etag(String(version));
}

export function scimJson(
  c: Context,
  body: object,
  status: 200 | 201 = 200,
  headers: Record<string, string> = {},
): Response {
  return c.body(JSON.stringify(body), status, { ...headers, "Content-Type": SCIM_MEDIA });
}

function resourceJson(
  c: Context,
  kind: ResourceKind,
  stored: StoredResource,
  resource: ScimResource,
  shown: Projection,
): Json {
  const { id, created, updated } = stored;
  const kept = Object.entries(resource).filter(([key]) => isShown(shown, key));
  const core = kept.filter(([key]) => !key.startsWith(`${ENTERPRISE_SCHEMA}:`));
  const extended = kept.filter(([key]) => key.startsWith(`${ENTERPRISE_SCHEMA}:`));
  const extension = extended.map(([key, value]) => [key.slice(ENTERPRISE_SCHEMA.length + 1), value]);
  const meta = {
    resourceType: kind,
    created: created.toISOString(),
    lastModified: updated.toISOString(),
    location: urlOf(c, kind, id),
    version: versionTag(stored),
  };
  return {
    schemas: [KINDS[kind].schema, ...(extension.length > 0 ? [ENTERPRISE_SCHEMA] : [])],
    id,
    ...Object.fromEntries(core),
    ...(extension.length > 0 ? { [ENTERPRISE_SCHEMA]: Object.fromEntries(extension) } : {}),
    ...(isShown(shown, "meta") ? { meta } : {}),
  };
}

/** The keys of the attributes in a list; a sub-attribute means all of its attribute. */
function namesIn(list: string, kind: ResourceKind): Set<string> {
  const names = list.split(",").map((name) => name.trim());
  const { attributes } = KINDS[kind];
  return new Set(
    names.flatMap((name) => {
      const found =
        attributeNamed(attributes, name) ?? attributeNamed(attributes, name.replace(/\.[^.:]*$/, ""));
      if (found) return [found.key];
      return name.toLowerCase() === "meta" ? ["meta"] : [];
    }),
  );
}
