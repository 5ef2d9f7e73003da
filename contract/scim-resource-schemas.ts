import { z } from "@hono/zod-openapi";
import {
  ENTERPRISE_SCHEMA,
  GROUP_ATTRIBUTES,
  GROUP_SCHEMA,
  type ScimAttribute,
  USER_ATTRIBUTES,
  USER_SCHEMA,
} from "@/domain/scim/attributes";
import { PATCH_SCHEMA } from "@/domain/scim/operation";
import { time } from "./fields";

const schemas = z.array(z.string());
const meta = z.object({
  resourceType: z.string(),
  created: time.optional(),
  lastModified: time.optional(),
  location: z.string(),
  version: z.string().optional(),
});

/** The schema of an attribute in responses; what a resource lacks is left out. */
function schemaOf({ type, isMany, subAttributes = [] }: ScimAttribute): z.ZodType {
  const one =
    type === "complex" ? z.object(shapeOf(subAttributes)) : type === "boolean" ? z.boolean() : z.string();
  return isMany ? z.array(one) : one;
}

function shapeOf(attributes: readonly ScimAttribute[]) {
  return Object.fromEntries(attributes.map((one) => [one.name, schemaOf(one).optional()]));
}

const isExtended = ({ key }: ScimAttribute) => key.startsWith(ENTERPRISE_SCHEMA);
const EXAMPLE_ID = "5f0c1a7e-3b52-4d43-9a39-0d7d3e4f2c11";

export const ScimUser = z
  .object({
    schemas,
    ...shapeOf(USER_ATTRIBUTES.filter((one) => !isExtended(one))),
    id: z.uuid(),
    [ENTERPRISE_SCHEMA]: z.object(shapeOf(USER_ATTRIBUTES.filter(isExtended))).optional(),
    meta: meta.optional(),
  })
  .openapi("ScimUser", {
    example: {
      schemas: [USER_SCHEMA],
      id: EXAMPLE_ID,
      externalId: "b-1047",
      userName: "bob@acme.example",
      displayName: "Bob Miller",
      active: true,
    },
  });

export const ScimGroup = z
  .object({ schemas, ...shapeOf(GROUP_ATTRIBUTES), id: z.uuid(), meta: meta.optional() })
  .openapi("ScimGroup", {
    example: {
      schemas: [GROUP_SCHEMA],
      id: EXAMPLE_ID,
      displayName: "Analysts",
      members: [{ value: EXAMPLE_ID, display: "bob@acme.example", type: "User" }],
    },
  });

export const NewScimUser = z
  .looseObject({ userName: z.string(), active: z.boolean().optional() })
  .openapi("NewScimUser", {
    example: { schemas: [USER_SCHEMA], externalId: "b-1047", userName: "bob@acme.example", active: true },
  });

export const NewScimGroup = z
  .looseObject({ displayName: z.string(), members: z.array(z.looseObject({ value: z.string() })).optional() })
  .openapi("NewScimGroup", {
    example: { schemas: [GROUP_SCHEMA], displayName: "Analysts", members: [{ value: EXAMPLE_ID }] },
  });

export const ScimPatch = z
  .looseObject({
    schemas,
    Operations: z.array(
      z.looseObject({ op: z.string(), path: z.string().optional(), value: z.unknown().optional() }),
    ),
  })
  .openapi("ScimPatch", {
    example: { schemas: [PATCH_SCHEMA], Operations: [{ op: "Replace", path: "active", value: "False" }] },
  });

export const ScimFailure = z
  .object({
    schemas,
    status: z.string(),
    scimType: z.string().optional(),
    detail: z.string(),
  })
  .openapi("ScimError", {
    example: {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      status: "409",
      scimType: "uniqueness",
      detail: "Another user of this connection has this user name.",
    },
  });

/** A page of resources. */
export function scimListOf(resource: z.ZodType) {
  return z.object({
    schemas,
    totalResults: z.int(),
    startIndex: z.int(),
    itemsPerPage: z.int(),
    Resources: z.array(resource),
  });
}

const subAttribute = z.object({
  name: z.string(),
  type: z.string(),
  description: z.string(),
  multiValued: z.boolean(),
  required: z.boolean(),
  caseExact: z.boolean().optional(),
  mutability: z.string(),
  returned: z.string(),
  uniqueness: z.string(),
  referenceTypes: z.array(z.string()).optional(),
});
const attribute = subAttribute.extend({ subAttributes: z.array(subAttribute).optional() });

export const ScimSchema = z
  .object({
    schemas,
    id: z.string(),
    name: z.string(),
    description: z.string(),
    attributes: z.array(attribute),
    meta,
  })
  .openapi("ScimSchema");

export const ScimResourceType = z
  .object({
    schemas,
    id: z.string(),
    name: z.string(),
    description: z.string(),
    endpoint: z.string(),
    schema: z.string(),
    schemaExtensions: z.array(z.object({ schema: z.string(), required: z.boolean() })),
    meta,
  })
  .openapi("ScimResourceType");

const supported = z.boolean();

export const ScimProviderConfig = z
  .object({
    schemas,
    patch: z.object({ supported }),
    bulk: z.object({ supported, maxOperations: z.int(), maxPayloadSize: z.int() }),
    filter: z.object({ supported, maxResults: z.int() }),
    changePassword: z.object({ supported }),
    sort: z.object({ supported }),
    etag: z.object({ supported }),
    authenticationSchemes: z.array(
      z.object({
        type: z.string(),
        name: z.string(),
        description: z.string(),
        specUri: z.string(),
        primary: z.boolean(),
      }),
    ),
    meta,
  })
  .openapi("ScimProviderConfig");
