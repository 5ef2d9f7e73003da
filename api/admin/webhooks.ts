import { createRoute, z } from "@hono/zod-openapi";
import { slice } from "@/contract/fields";
import {
  Delivery,
  DeliveryLog,
  deliveryState,
  NewWebhook,
  SecretRotation,
  ShownWebhook,
  Webhook,
  WebhookChange,
} from "@/contract/webhook-schemas";
import type { AttemptResult } from "@/domain/webhooks/delivery-result";
import {
  deliveryById,
  type Delivery as Listed,
  type DeliveryLog as Logged,
  listDeliveries,
  resendDelivery,
  testWebhook,
} from "@/server/webhooks/deliveries";
import { webhookTag } from "@/server/webhooks/webhook";
import {
  changeWebhook,
  createWebhook,
  listWebhooks,
  removeWebhook,
  rotateWebhookSecret,
  webhookById,
} from "@/server/webhooks/webhooks";
import { bodyOf, createdResponse, empty, jsonResponse, pageOf, refusals } from "./contract";
import { type AdminApp, allowed, type Clock } from "./gate";
import { linked } from "./linked";
import { etag, expected, ifMatch, tag } from "./tags";

const tags = ["Webhooks"];
const tagged = tag("The tag of the webhook's settings and state: send it as If-Match with a change.");
const one = z.object({ id: z.uuid() });

const list = createRoute({
  method: "get",
  path: "/webhooks",
  operationId: "listWebhooks",
  tags,
  summary: "List webhooks, newest first",
  middleware: allowed("webhooks.read"),
  request: { query: z.strictObject(slice) },
  responses: { 200: pageOf(Webhook, "Webhooks") },
});

const create = createRoute({
  method: "post",
  path: "/webhooks",
  operationId: "createWebhook",
  tags,
  summary: "Create a webhook; only this response contains its signing secret",
  middleware: allowed("webhooks.write"),
  request: { body: bodyOf(NewWebhook) },
  responses: {
    201: createdResponse(ShownWebhook, "The webhook, with its secret"),
    ...refusals("NOT_FOUND", "TOO_MANY_WEBHOOKS"),
  },
});

const read = createRoute({
  method: "get",
  path: "/webhooks/{id}",
  operationId: "getWebhook",
  tags,
  summary: "Read a webhook",
  middleware: allowed("webhooks.read"),
  request: { params: one },
  responses: { 200: { ...jsonResponse(Webhook, "The webhook"), ...tagged } },
});

const change = createRoute({
  method: "patch",
  path: "/webhooks/{id}",
  operationId: "changeWebhook",
  tags,
  summary: "Change, pause, resume or enable a webhook",
  middleware: allowed("webhooks.write"),
  request: { params: one, headers: ifMatch, body: bodyOf(WebhookChange) },
  responses: { 200: { ...jsonResponse(Webhook, "The webhook"), ...tagged } },
});

const remove = createRoute({
  method: "delete",
  path: "/webhooks/{id}",
  operationId: "removeWebhook",
  tags,
  summary: "Remove a webhook; pending deliveries are never sent",
  middleware: allowed("webhooks.write"),
  request: { params: one },
  responses: { 204: empty },
});

const test = createRoute({
  method: "post",
  path: "/webhooks/{id}/test",
  operationId: "testWebhook",
  tags,
  summary: "Send a test event now, once, and return the result",
  middleware: allowed("webhooks.write"),
  request: { params: one },
  responses: { 200: jsonResponse(DeliveryLog, "The delivery") },
});

const rotate = createRoute({
  method: "post",
  path: "/webhooks/{id}/rotate",
  operationId: "rotateWebhookSecret",
  tags,
  summary: "Replace the signing secret; only this response contains the new one",
  middleware: allowed("webhooks.write"),
  request: { params: one, body: bodyOf(SecretRotation) },
  responses: { 200: jsonResponse(ShownWebhook, "The webhook, with its secret") },
});

const deliveries = createRoute({
  method: "get",
  path: "/webhooks/{id}/deliveries",
  operationId: "listDeliveries",
  tags,
  summary: "List the deliveries of the last 30 days, newest first",
  middleware: allowed("webhooks.read"),
  request: {
    params: one,
    query: z.strictObject({
      state: deliveryState.optional(),
      type: z.string().max(100).optional().openapi({ description: "An event type without its prefix." }),
      ...slice,
    }),
  },
  responses: { 200: pageOf(Delivery, "Deliveries") },
});

const delivery = createRoute({
  method: "get",
  path: "/deliveries/{id}",
  operationId: "getDelivery",
  tags,
  summary: "Read a delivery with its request, its attempts and their responses",
  middleware: allowed("webhooks.read"),
  request: { params: one },
  responses: { 200: jsonResponse(DeliveryLog, "The delivery") },
});

const resend = createRoute({
  method: "post",
  path: "/deliveries/{id}/resend",
  operationId: "resendDelivery",
  tags,
  summary: "Send a delivery once more, with the same webhook-id and new retries",
  middleware: allowed("webhooks.write"),
  request: { params: one },
  responses: { 200: jsonResponse(Delivery, "The delivery"), ...refusals("NOTHING_TO_SEND") },
});

export function webhooks(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) => {
    return c.json(linked(c, await listWebhooks(c.get("principal"), c.req.valid("query"), clock())), 200);
  });
  app.openapi(create, async (c) => {
    const webhook = await createWebhook(c.get("principal"), c.req.valid("json"), c.get("actor"), clock());
    c.header("Cache-Control", "no-store");
    return c.json(webhook, 201, { Location: `/api/v1/admin/webhooks/${webhook.id}` });
  });
  app.openapi(read, async (c) => {
    const webhook = await webhookById(c.get("principal"), c.req.valid("param").id, clock());
    return c.json(webhook, 200, { ETag: etag(webhookTag(webhook)) });
  });
  app.openapi(change, async (c) => {
    const { id } = c.req.valid("param");
    const wanted = c.req.valid("json");
    const webhook = await changeWebhook(c.get("principal"), id, wanted, c.get("actor"), clock(), expected(c));
    return c.json(webhook, 200, { ETag: etag(webhookTag(webhook)) });
  });
  app.openapi(remove, async (c) => {
    await removeWebhook(c.get("principal"), c.req.valid("param").id, c.get("actor"), clock());
    return c.body(null, 204);
  });
  app.openapi(rotate, async (c) => {
    const { id } = c.req.valid("param");
    const { overlapHours } = c.req.valid("json");
    const webhook = await rotateWebhookSecret(c.get("principal"), id, overlapHours, c.get("actor"), clock());
    c.header("Cache-Control", "no-store");
    return c.json(webhook, 200);
  });
  deliveryRoutes(app, clock);
}

function deliveryRoutes(app: AdminApp, clock: Clock): void {
  app.openapi(test, async (c) => {
    const log = await testWebhook(c.get("principal"), c.req.valid("param").id, c.get("actor"), { clock });
    return c.json(logged(log), 200);
  });
  app.openapi(deliveries, async (c) => {
    const page = await listDeliveries(c.get("principal"), c.req.valid("param").id, c.req.valid("query"));
    return c.json(linked(c, { ...page, items: page.items.map(listed) }), 200);
  });
  app.openapi(delivery, async (c) => {
    return c.json(logged(await deliveryById(c.get("principal"), c.req.valid("param").id)), 200);
  });
  app.openapi(resend, async (c) => {
    const { id } = c.req.valid("param");
    return c.json(listed(await resendDelivery(c.get("principal"), id, c.get("actor"), clock())), 200);
  });
}

function logged({ attempts, request, ...delivery }: Logged) {
  return {
    ...listed(delivery),
    request,
    attempts: attempts.map(({ result, ...attempt }) => ({ ...attempt, ...wire(result) })),
  };
}

function listed({ last, ...delivery }: Listed) {
  return { ...delivery, last: last && { at: last.at, ...wire(last) } };
}

/** Both members, of which one is null. */
function wire(result: AttemptResult) {
  return "status" in result
    ? { status: result.status, failure: null }
    : { status: null, failure: result.failure };
}
