import { z } from "@hono/zod-openapi";
import { EVENT_PREFIX, EVENT_TYPES, type EventType } from "@/domain/events/event-types";
import { ATTEMPT_FAILURES } from "@/domain/webhooks/delivery-result";
import {
  CONCURRENCY,
  DELIVERY_STATES,
  DISABLED_REASONS,
  OVERLAP_HOURS,
  WEBHOOK_STATES,
} from "@/domain/webhooks/webhook";
import { label, newName, time } from "./fields";

const nothing = z.null();
const TYPES = Object.keys(EVENT_TYPES) as EventType[];
const UP_TO = `Enter a whole number from ${CONCURRENCY.least} to ${CONCURRENCY.most}.`;
const PREFIX = "Use letters, digits, dots, hyphens and underscores, such as com.example.license.";

const settings = {
  name: newName.openapi({ example: "Licensing data warehouse" }),
  url: z.string().max(4000).openapi({ format: "uri", example: "https://hooks.example.com/licenses" }),
  types: z
    .array(z.enum(TYPES))
    .max(TYPES.length)
    .openapi({
      description: "Event types without their prefix; an empty list means all.",
      example: ["expiring"],
    }),
  typePrefix: label.regex(/^[A-Za-z0-9._-]{0,100}$/, PREFIX).openapi({
    description: "Comes before each type, for consumers that were written for another system.",
    example: EVENT_PREFIX,
  }),
  subjects: z.boolean().openapi({ description: "Whether events name the user that they concern." }),
  concurrency: z.int(UP_TO).min(CONCURRENCY.least, UP_TO).max(CONCURRENCY.most, UP_TO).openapi({
    description: "How many requests run at the same time.",
  }),
};
const { name, url, ...optional } = settings;

export const NewWebhook = z
  .strictObject({
    name,
    url,
    customer: z
      .union([z.uuid(), nothing])
      .optional()
      .openapi({ description: "A customer's id: only events of its licenses. Null for all events." }),
    ...z.object(optional).partial().shape,
  })
  .openapi("NewWebhook", {
    example: {
      name: "Licensing data warehouse",
      url: "https://hooks.example.com/licenses",
      types: ["expiring"],
    },
  });

export const WebhookChange = z
  .strictObject({
    ...z.object(settings).partial().shape,
    state: z.enum(["active", "paused"]).optional().openapi({
      description:
        "`paused` keeps deliveries until it is active again. `active` also enables a disabled webhook.",
    }),
  })
  .openapi("WebhookChange", { example: { state: "paused" } });

export const SecretRotation = z
  .strictObject({
    overlapHours: z
      .int()
      .min(OVERLAP_HOURS.least)
      .max(OVERLAP_HOURS.most)
      .default(OVERLAP_HOURS.usual)
      .openapi({
        description: "How many hours the previous secret also signs; 0 if it leaked.",
      }),
  })
  .openapi("SecretRotation", { example: { overlapHours: 24 } });

export const Webhook = z
  .object({
    id: z.uuid(),
    name: z.string(),
    url: z.string(),
    customer: z.union([z.object({ id: z.uuid(), name: z.string() }), nothing]),
    types: z.array(z.string()),
    typePrefix: z.string(),
    subjects: z.boolean(),
    concurrency: z.int(),
    state: z.enum(WEBHOOK_STATES),
    disabledReason: z.union([z.enum(DISABLED_REASONS), nothing]).openapi({
      description: "`gone`: it answered 410. `failing`: nothing was delivered for three days.",
    }),
    failingSince: z.union([time, nothing]).openapi({ description: "Since when every attempt has failed." }),
    previousSecretUntil: z.union([time, nothing]).openapi({
      description: "Until when the previous secret also signs.",
    }),
    created: time,
    updated: time,
  })
  .openapi("Webhook");

export const ShownWebhook = Webhook.extend({
  secret: z.string().openapi({
    description: "Shown only here.",
    example: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfFWj8nEmI=",
  }),
}).openapi("ShownWebhook");

const failure = z.enum(ATTEMPT_FAILURES);
const result = {
  status: z
    .union([z.int(), nothing])
    .openapi({ description: "The status of the response; null without one." }),
  failure: z.union([failure, nothing]).openapi({ description: "Why there was no response." }),
};

export const deliveryState = z.enum(DELIVERY_STATES);

export const Delivery = z
  .object({
    id: z.uuid(),
    webhook: z.uuid(),
    event: z.uuid().openapi({ description: "The event's id, and the `webhook-id` of every request." }),
    type: z.string(),
    isTest: z.boolean(),
    state: deliveryState,
    created: time,
    due: z.union([time, nothing]).openapi({ description: "When the next attempt is due." }),
    until: z.union([time, nothing]).openapi({ description: "When it is given up." }),
    last: z.union([z.object({ at: time, ...result }), nothing]).openapi({ description: "The last attempt." }),
  })
  .openapi("Delivery");

export const DeliveryLog = Delivery.extend({
  request: z
    .union([
      z.object({ url: z.string(), headers: z.record(z.string(), z.string()), body: z.string() }),
      nothing,
    ])
    .openapi({
      description:
        "The request, in which signatures and users are hidden; null once the event is no longer stored.",
    }),
  attempts: z.array(
    z.object({
      at: time,
      milliseconds: z.int(),
      ...result,
      response: z
        .union([z.object({ contentType: z.string(), body: z.string(), isCut: z.boolean() }), nothing])
        .openapi({
          description: "At most 64 KiB of the response, in which secrets and users are hidden.",
        }),
    }),
  ),
}).openapi("DeliveryLog");
