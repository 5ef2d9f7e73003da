import type { Context } from "hono";
import { originOf } from "@/api/origin";
import { nothingHere } from "@/domain/refusals/refusal";
import {
  ENTERPRISE_SCHEMA,
  GROUP_ATTRIBUTES,
  GROUP_SCHEMA,
  type ScimAttribute,
  USER_ATTRIBUTES,
  USER_SCHEMA,
} from "@/domain/scim/attributes";
import { listOf, MOST_RESULTS } from "./list-query";
import { KINDS, SCIM_PATH, scimJson } from "./representation";
import type { ScimAppOf } from "./scim-caller";

const CORE = "urn:ietf:params:scim:schemas:core:2.0";
const ALL = { start: 0, count: MOST_RESULTS };

/** What this server can do, and which attributes it keeps (RFC 7644, 4). */
export function discovery(app: ScimAppOf): void {
  app.get(`${SCIM_PATH}/ServiceProviderConfig`, (c) => scimJson(c, providerConfig(c)));
  lists(app, "Schemas", schemas);
  lists(app, "ResourceTypes", resourceTypes);
}

function lists(app: ScimAppOf, name: string, all: (c: Context) => { id: string }[]): void {
  app.get(`${SCIM_PATH}/${name}`, (c) => {
    const found = all(c);
    return scimJson(c, listOf(ALL, { total: found.length }, found));
  });
  app.get(`${SCIM_PATH}/${name}/:id`, (c) => {
    const one = all(c).find(({ id }) => id.toLowerCase() === c.req.param("id").toLowerCase());
    if (!one) throw nothingHere();
    return scimJson(c, one);
  });
}

function providerConfig(c: Context) {
  return {
    schemas: [`${CORE}:ServiceProviderConfig`],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: MOST_RESULTS },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "Bearer token",
        description: "The token of the directory connection, as Authorization: Bearer.",
        specUri: "https://www.rfc-editor.org/info/rfc6750",
        primary: true,
      },
    ],
    meta: metaOf(c, "ServiceProviderConfig"),
  };
}

function resourceTypes(c: Context) {
  return [
    {
      schemas: [`${CORE}:ResourceType`],
      ...{ id: "User", name: "User", description: "People of the directory.", endpoint: "/Users" },
      schema: KINDS.User.schema,
      schemaExtensions: [{ schema: ENTERPRISE_SCHEMA, required: false }],
      meta: metaOf(c, "ResourceType", "ResourceTypes/User"),
    },
    {
      schemas: [`${CORE}:ResourceType`],
      ...{ id: "Group", name: "Group", description: "Groups of the directory.", endpoint: "/Groups" },
      schema: KINDS.Group.schema,
      schemaExtensions: [],
      meta: metaOf(c, "ResourceType", "ResourceTypes/Group"),
    },
  ];
}

function schemas(c: Context) {
  const isExtended = ({ key }: ScimAttribute) => key.startsWith(`${ENTERPRISE_SCHEMA}:`);
  const own = (attributes: readonly ScimAttribute[]) =>
    attributes.filter((one) => !isExtended(one) && one.key !== "id");
  return [
    schemaOf(c, USER_SCHEMA, "User", "A user account.", own(USER_ATTRIBUTES)),
    schemaOf(
      c,
      ENTERPRISE_SCHEMA,
      "EnterpriseUser",
      "What companies know of a user.",
      USER_ATTRIBUTES.filter(isExtended),
    ),
    schemaOf(c, GROUP_SCHEMA, "Group", "A group of users.", own(GROUP_ATTRIBUTES)),
  ];
}

function schemaOf(
  c: Context,
  id: string,
  name: string,
  description: string,
  attributes: readonly ScimAttribute[],
) {
  return {
    schemas: [`${CORE}:Schema`],
    ...{ id, name, description },
    attributes: attributes.map(attributeJson),
    meta: metaOf(c, "Schema", `Schemas/${id}`),
  };
}

/** An attribute as RFC 7643 (7) describes it. */
function attributeJson({ name, type, description, subAttributes, ...flags }: ScimAttribute): object {
  return {
    ...{ name, type, description },
    multiValued: flags.isMany ?? false,
    required: flags.isRequired ?? false,
    ...(type === "boolean" || type === "complex" ? {} : { caseExact: flags.isCaseExact ?? false }),
    mutability: flags.isReadOnly ? "readOnly" : "readWrite",
    returned: "default",
    uniqueness: flags.isUnique ? "server" : "none",
    ...(type === "reference" ? { referenceTypes: ["User", "Group"] } : {}),
    ...(subAttributes ? { subAttributes: subAttributes.map(attributeJson) } : {}),
  };
}

function metaOf(c: Context, resourceType: string, path = resourceType) {
  return { resourceType, location: `${originOf(c)}${SCIM_PATH}/${path}` };
}
