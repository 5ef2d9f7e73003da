import { z } from "@hono/zod-openapi";
import { parseEventCursor } from "@/domain/events/event-cursor";
import { EVENT_PREFIX, EVENT_TYPES, type EventType, parseEventType } from "@/domain/events/event-types";
import { Refusal } from "@/domain/refusals/refusal";
import { time } from "./fields";

const MOST_AT_ONCE = 1000;
const LONGEST_WAIT_SECONDS = 30;

/** A cursor, as a reader got it; throws `INVALID_CURSOR`. */
export function eventStart(text: string | undefined) {
  if (text === undefined || text === "now") return text ?? null;
  const cursor = parseEventCursor(text);
  if (cursor) return cursor;
  throw new Refusal(
    "INVALID_CURSOR",
    "This isn't a cursor of events. Send the `next` of a response as it is, `now`, or no cursor to begin at the oldest event.",
  );
}

/** A list of types with commas between them, with our prefix or without. */
const types = z
  .string()
  .max(2000)
  .transform((text, context): EventType[] => {
    const parsed = text.split(",").map((type) => [type.trim(), parseEventType(type.trim())] as const);
    const unknown = parsed.find(([, type]) => type === null);
    if (unknown) context.addIssue(`has no type ${JSON.stringify(unknown[0])}`);
    return parsed.flatMap(([, type]) => type ?? []);
  })
  .openapi({
    type: "string",
    description: `Only events of these types, with commas between them: ${Object.keys(EVENT_TYPES).join(", ")}.`,
    example: "assignment.updated,assignment.deleted",
  });

export const EventQuery = z.strictObject({
  after: z.string().max(64).optional().openapi({
    description:
      "The `next` of the previous response. `now` begins with the events that come from now on; without it you get the oldest, which is at most 30 days old.",
  }),
  types: types.optional(),
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(LONGEST_WAIT_SECONDS)
    .default(0)
    .openapi({ description: "If there is no event yet, how many seconds to wait for one." }),
  limit: z.coerce.number().int().min(1).max(MOST_AT_ONCE).default(100),
});

const CloudEvent = z
  .object({
    specversion: z.literal("1.0"),
    id: z.uuid(),
    source: z.string().openapi({ description: "The URL of the installation." }),
    type: z.string().openapi({ description: `\`${EVENT_PREFIX}\` and one of the types.` }),
    time,
    license: z.string().optional().openapi({
      description: "The license number; absent for events of the installation.",
    }),
    datacontenttype: z.literal("application/json"),
    data: z.record(z.string(), z.unknown()).openapi({
      description:
        "What happened; the members depend on the type. `subject`, the user of an assignment, only for roles that may see users.",
    }),
  })
  .openapi("CloudEvent");

export const EventPage = z
  .object({
    events: z.array(CloudEvent),
    next: z.string().openapi({ description: "The cursor for the next request, also if there was no event." }),
    reset: z.literal(true).optional().openapi({
      description:
        "Events after your cursor are gone, or the server was restored from a backup: you begin again at the oldest event. Compare with the resources themselves.",
    }),
  })
  .openapi("EventPage", {
    example: {
      events: [
        {
          specversion: "1.0",
          id: "01991f2e-8f5b-7c3a-9a51-6d0f3f1a2b3c",
          source: "https://signet.example",
          type: "io.signet.license.assignment.updated",
          time: "2026-08-24T10:00:00.000Z",
          license: "9999000000001253",
          datacontenttype: "application/json",
          data: {
            type: "analyzer",
            origin: "external",
            license: "9999000000001253",
            instance: "5124095576030431",
            source: "0b4b7bd4-3a0c-4c0a-9a39-5e7f0f6d7c11",
            auto: true,
            subject: "ACME\\bob",
          },
        },
      ],
      next: "0123456789ab.42",
    },
  });
