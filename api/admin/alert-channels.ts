import { createRoute, z } from "@hono/zod-openapi";
import { AlertChannel, NewAlertChannel } from "@/contract/alert-schemas";
import { slice } from "@/contract/fields";
import { createChannel, listChannels, removeChannel, testChannel } from "@/server/alerts/channels";
import { bodyOf, empty, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, allowed, type Clock } from "./gate";
import { linked } from "./linked";

const tags = ["Alerts"];
const one = z.object({ id: z.uuid() });

const list = createRoute({
  method: "get",
  path: "/alert-channels",
  operationId: "listAlertChannels",
  tags,
  summary: "List the Slack and Teams channels that get alerts, newest first",
  middleware: allowed("alert-channels.read"),
  request: { query: z.strictObject(slice) },
  responses: { 200: pageOf(AlertChannel, "Channels"), ...refusals("NOT_FOUND") },
});

const create = createRoute({
  method: "post",
  path: "/alert-channels",
  operationId: "createAlertChannel",
  tags,
  summary: "Send alerts to an incoming webhook of Slack or Teams",
  description: "Its address must be public, or in `WEBHOOK_ALLOWED_NETWORKS`.",
  middleware: allowed("alert-channels.write"),
  request: { body: bodyOf(NewAlertChannel) },
  responses: { 201: jsonResponse(AlertChannel, "The channel, without its URL"), ...refusals("NOT_FOUND") },
});

const remove = createRoute({
  method: "delete",
  path: "/alert-channels/{id}",
  operationId: "removeAlertChannel",
  tags,
  summary: "Remove a channel",
  middleware: allowed("alert-channels.write"),
  request: { params: one },
  responses: { 204: empty },
});

const test = createRoute({
  method: "post",
  path: "/alert-channels/{id}/test",
  operationId: "testAlertChannel",
  tags,
  summary: "Send a test message to a channel now",
  description: "`lastError` of the response says whether it was delivered.",
  middleware: allowed("alert-channels.write"),
  request: { params: one },
  responses: { 200: jsonResponse(AlertChannel, "The channel") },
});

export function alertChannels(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) => c.json(linked(c, await listChannels(c.req.valid("query"))), 200));
  app.openapi(create, async (c) =>
    c.json(await createChannel(c.req.valid("json"), c.get("actor"), clock()), 201),
  );
  app.openapi(remove, async (c) => {
    await removeChannel(c.req.valid("param").id, c.get("actor"), clock());
    return c.body(null, 204);
  });
  app.openapi(test, async (c) =>
    c.json(await testChannel(c.req.valid("param").id, c.get("actor"), clock()), 200),
  );
}
