import { createRoute, z } from "@hono/zod-openapi";
import { slice } from "@/contract/fields";
import {
  NewScimConnection,
  ScimConnection,
  ScimConnectionChange,
  ScimEffect,
  ScimRequest,
  ShownScimConnection,
} from "@/contract/scim-schemas";
import {
  changeConnection,
  connectionById,
  connectionTag,
  createConnection,
  listConnections,
  removeConnection,
} from "@/server/scim/connections";
import { listEffects } from "@/server/scim/effects";
import { listRequests } from "@/server/scim/requests";
import { bodyOf, createdResponse, empty, jsonResponse, pageOf, pageWith, refusals } from "./contract";
import { type AdminApp, allowed, type Clock } from "./gate";
import { linked } from "./linked";
import { etag, expected, ifMatch, tag } from "./tags";

const tags = ["Directories"];
const tagged = tag("The tag of the settings: send it as If-Match with a change.");
const one = z.object({ id: z.uuid() });

const list = createRoute({
  method: "get",
  path: "/scim-connections",
  operationId: "listScimConnections",
  tags,
  summary: "List directory connections, newest first",
  middleware: allowed("scim.read"),
  request: { query: z.strictObject(slice) },
  responses: {
    200: pageWith({ connections: z.array(ScimConnection) }, "Connections"),
    ...refusals("NOT_FOUND"),
  },
});

const create = createRoute({
  method: "post",
  path: "/scim-connections",
  operationId: "createScimConnection",
  tags,
  summary: "Connect a directory; only this response contains the token",
  description:
    "The connection is an API token with the role license-admin, for customers or one license. A new one only reports what would be done.",
  middleware: allowed("scim.write"),
  request: { body: bodyOf(NewScimConnection) },
  responses: {
    201: createdResponse(ShownScimConnection, "The connection, with its token"),
    ...refusals("NOT_FOUND"),
  },
});

const read = createRoute({
  method: "get",
  path: "/scim-connections/{id}",
  operationId: "getScimConnection",
  tags,
  summary: "Read a directory connection",
  middleware: allowed("scim.read"),
  request: { params: one },
  responses: { 200: { ...jsonResponse(ScimConnection, "The connection"), ...tagged } },
});

const change = createRoute({
  method: "patch",
  path: "/scim-connections/{id}",
  operationId: "changeScimConnection",
  tags,
  summary: "Change what a directory connection does",
  description:
    "What the settings ask for is done within a minute: the end of report mode releases the seats of inactive users, and a new mapping assigns seats to members. A mapping that is removed leaves its seats to their users.",
  middleware: allowed("scim.write"),
  request: { params: one, headers: ifMatch, body: bodyOf(ScimConnectionChange) },
  responses: { 200: { ...jsonResponse(ScimConnection, "The connection"), ...tagged } },
});

const remove = createRoute({
  method: "delete",
  path: "/scim-connections/{id}",
  operationId: "removeScimConnection",
  tags,
  summary: "Remove a directory connection with its users and groups, and revoke its token; seats stay",
  middleware: allowed("scim.write"),
  request: { params: one },
  responses: { 204: empty },
});

const effects = createRoute({
  method: "get",
  path: "/scim-connections/{id}/effects",
  operationId: "listScimEffects",
  tags,
  summary: "List what a connection did in the last 30 days, or would do, newest first",
  middleware: allowed("scim.read"),
  request: { params: one, query: z.strictObject(slice) },
  responses: { 200: pageOf(ScimEffect, "Effects") },
});

const requests = createRoute({
  method: "get",
  path: "/scim-connections/{id}/requests",
  operationId: "listScimRequests",
  tags,
  summary: "List the requests of a directory in the last 30 days, newest first",
  middleware: allowed("scim.read"),
  request: { params: one, query: z.strictObject(slice) },
  responses: { 200: pageWith({ requests: z.array(ScimRequest) }, "Requests") },
});

export function scimConnections(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) => {
    const page = linked(c, await listConnections(c.get("principal"), c.req.valid("query")));
    return c.json({ connections: page.items, cursor: page.cursor }, 200);
  });
  app.openapi(create, async (c) => {
    const made = await createConnection(c.get("principal"), c.req.valid("json"), c.get("actor"), clock());
    c.header("Cache-Control", "no-store");
    return c.json(made, 201, { Location: `/api/v1/admin/scim-connections/${made.id}` });
  });
  app.openapi(read, async (c) => {
    const found = await connectionById(c.get("principal"), c.req.valid("param").id);
    return c.json(found, 200, { ETag: etag(connectionTag(found)) });
  });
  app.openapi(change, async (c) => {
    const { id } = c.req.valid("param");
    const wanted = c.req.valid("json");
    const changed = await changeConnection(
      c.get("principal"),
      id,
      wanted,
      c.get("actor"),
      clock(),
      expected(c),
    );
    return c.json(changed, 200, { ETag: etag(connectionTag(changed)) });
  });
  app.openapi(remove, async (c) => {
    await removeConnection(c.get("principal"), c.req.valid("param").id, c.get("actor"), clock());
    return c.body(null, 204);
  });
  app.openapi(effects, async (c) => {
    const { id } = await connectionById(c.get("principal"), c.req.valid("param").id);
    return c.json(linked(c, await listEffects(id, c.req.valid("query"))), 200);
  });
  app.openapi(requests, async (c) => {
    const { id } = await connectionById(c.get("principal"), c.req.valid("param").id);
    const page = linked(c, await listRequests(id, c.req.valid("query")));
    return c.json({ requests: page.items, cursor: page.cursor }, 200);
  });
}
