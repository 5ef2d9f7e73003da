import { createRoute, z } from "@hono/zod-openapi";
import {
  NewScimGroup,
  NewScimUser,
  ScimFailure,
  ScimGroup,
  ScimPatch,
  ScimProviderConfig,
  ScimResourceType,
  ScimSchema,
  ScimUser,
  scimListOf,
} from "@/contract/scim-resource-schemas";
import { ifMatch } from "./admin/tags";
import { SCIM_PATH } from "./scim/representation";
import { SCIM_MEDIA } from "./scim/scim-problems";

const tags = ["SCIM"];

/** Why any call of SCIM can be refused, in its own form (RFC 7644, 3.12). */
const USUAL = {
  400: "A value, a path or a filter can't be read; `scimType` says which. An unreadable address has a problem body.",
  401: "The token is missing, unknown, expired or revoked.",
  403: "The token isn't that of a directory connection.",
  404: "There is no such resource in this connection.",
  429: "The token sent too many requests.",
  500: "The server had an error.",
  503: "The store isn't responding. Send the request again.",
} as const;
const OF_CHANGES = {
  409: "Another user has this user name.",
  412: "The resource was changed since its ETag was read.",
  413: "A body can have at most 5 MiB.",
} as const;

const json = (schema: z.ZodType, description: string) => ({
  description,
  content: { [SCIM_MEDIA]: { schema } },
});
const tagged = (schema: z.ZodType, description: string) => ({
  ...json(schema, description),
  headers: {
    ETag: { schema: { type: "string" as const }, description: "The version: send it as If-Match." },
  },
});
const failures = (texts: Record<number, string>) =>
  Object.fromEntries(Object.entries(texts).map(([status, text]) => [status, json(ScimFailure, text)]));
const body = (schema: z.ZodType) => ({ required: true, content: { [SCIM_MEDIA]: { schema } } });

const one = z.object({ id: z.uuid() });
const shown = {
  attributes: z
    .string()
    .optional()
    .openapi({ description: "Only these attributes, with commas between them." }),
  excludedAttributes: z.string().optional().openapi({ description: "All but these.", example: "members" }),
};
const asked = z.object({
  filter: z
    .string()
    .optional()
    .openapi({ description: "A filter (RFC 7644, 3.4.2.2).", example: 'userName eq "bob@acme.example"' }),
  startIndex: z.int().optional().openapi({ description: "The position of the first result, from 1." }),
  count: z.int().max(200).optional().openapi({ description: "100 by default." }),
  ...shown,
});

type Kind = {
  path: string;
  Name: string;
  resource: z.ZodType;
  sent: z.ZodType;
  noun: string;
  effect: string;
  /** Responses to a PATCH beside the resource. */
  patched: Record<number, { description: string }>;
};

const KINDS: Kind[] = [
  {
    ...{ path: `${SCIM_PATH}/Users`, Name: "ScimUser", noun: "user", resource: ScimUser, sent: NewScimUser },
    effect: "A user who becomes inactive loses every seat in the licenses that the connection reaches.",
    patched: {},
  },
  {
    ...{
      path: `${SCIM_PATH}/Groups`,
      Name: "ScimGroup",
      noun: "group",
      resource: ScimGroup,
      sent: NewScimGroup,
    },
    effect: "Members of a mapped group get seats, and give back those that the mapping gave when they leave.",
    patched: { 204: { description: "Changed. The group is only returned if attributes are asked for." } },
  },
];

function operationsOf({ path, Name, resource, sent, noun, effect, patched }: Kind) {
  const described = { tags, description: effect };
  const found = tagged(resource, `The ${noun}`);
  const query = z.object(shown);
  const changed = failures({ ...USUAL, ...OF_CHANGES });
  return [
    createRoute({
      ...{
        method: "get" as const,
        path,
        operationId: `list${Name}s`,
        tags,
        summary: `List ${noun}s, or find one`,
      },
      request: { query: asked },
      responses: { 200: json(scimListOf(resource), `A page of ${noun}s`), ...failures(USUAL) },
    }),
    createRoute({
      ...{
        method: "post" as const,
        path,
        operationId: `create${Name}`,
        ...described,
        summary: `Create a ${noun}`,
      },
      request: { body: body(sent) },
      responses: { 201: tagged(resource, `The ${noun}`), ...changed },
    }),
    createRoute({
      ...{
        method: "get" as const,
        path: `${path}/{id}`,
        operationId: `get${Name}`,
        tags,
        summary: `Read a ${noun}`,
      },
      request: { params: one, query },
      responses: {
        200: found,
        304: { description: "The version in If-None-Match is current." },
        ...failures(USUAL),
      },
    }),
    createRoute({
      ...{ method: "put" as const, path: `${path}/{id}`, operationId: `replace${Name}`, ...described },
      summary: `Replace a ${noun}`,
      request: { params: one, headers: ifMatch, body: body(sent) },
      responses: { 200: found, ...changed },
    }),
    createRoute({
      ...{ method: "patch" as const, path: `${path}/{id}`, operationId: `patch${Name}`, ...described },
      summary: `Change some attributes of a ${noun}`,
      request: { params: one, query, headers: ifMatch, body: body(ScimPatch) },
      responses: { 200: found, ...patched, ...changed },
    }),
    createRoute({
      ...{ method: "delete" as const, path: `${path}/{id}`, operationId: `delete${Name}`, ...described },
      summary: `Delete a ${noun}`,
      request: { params: one, headers: ifMatch },
      responses: { 204: { description: "Deleted." }, ...failures({ ...USUAL, 412: OF_CHANGES[412] }) },
    }),
  ];
}

function discoveryOf(name: string, Name: string, schema: z.ZodType, what: string) {
  return [
    createRoute({
      ...{ method: "get" as const, path: `${SCIM_PATH}/${name}`, operationId: `list${Name}s`, tags },
      summary: `List ${what}`,
      responses: { 200: json(scimListOf(schema), "All of them"), ...failures(USUAL) },
    }),
    createRoute({
      ...{ method: "get" as const, path: `${SCIM_PATH}/${name}/{id}`, operationId: `get${Name}`, tags },
      summary: `Read one of ${what}`,
      request: { params: z.object({ id: z.string() }) },
      responses: { 200: json(schema, "The one with this id"), ...failures(USUAL) },
    }),
  ];
}

/** The SCIM 2.0 server. Attributes that it doesn't describe are ignored. */
export const SCIM = [
  createRoute({
    method: "get",
    path: `${SCIM_PATH}/ServiceProviderConfig`,
    operationId: "getScimProviderConfig",
    tags,
    summary: "Read what this server supports",
    responses: { 200: json(ScimProviderConfig, "The configuration"), ...failures(USUAL) },
  }),
  ...discoveryOf("ResourceTypes", "ScimResourceType", ScimResourceType, "the kinds of resources"),
  ...discoveryOf("Schemas", "ScimSchema", ScimSchema, "the attributes that are kept"),
  ...KINDS.flatMap(operationsOf),
];
