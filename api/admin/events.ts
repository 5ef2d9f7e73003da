import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { stream } from "hono/streaming";
import type { StreamingApi } from "hono/utils/stream";
import { EventPage, EventQuery, eventStart } from "@/contract/event-schemas";
import { type CloudEvent, cloudEvent } from "@/domain/events/cloud-event";
import { eventCursorText } from "@/domain/events/event-cursor";
import { seesSubjects } from "@/domain/roles";
import { allow, type Principal } from "@/server/access/gate";
import { type EventReader, eventReader, type EventPage as Page } from "@/server/events/event-reader";
import { areReadersEnded, beginReader } from "@/server/events/feed";
import { throughRestores } from "@/server/restores/restores";
import { waiveDeadline } from "@/server/store/deadline";
import { env } from "@/server/store/env";
import { noteFailure } from "@/server/store/failures";
import { jsonResponse, refusals } from "./contract";
import { type AdminApp, allowed, type Clock, type Managed, principalOfRequest } from "./gate";

/** How often a stream without events sends its cursor, and how often it proves its token again (milliseconds). */
const HEARTBEAT_MS = 15_000;
/** When a client should come back after a stream has ended (milliseconds). */
const RETRY_MS = 3000;
const EVENT_STREAM = "text/event-stream";

const STREAM_DESCRIPTION =
  "With `Accept: text/event-stream`: server-sent events that don't end by themselves. Each has a cursor as its `id` and a CloudEvent as its `data`; an `id` alone comes every 15 seconds. An event named `reset` means what `reset` means in JSON.";

const list = createRoute({
  method: "get",
  path: "/events",
  operationId: "listEvents",
  tags: ["Events"],
  summary: "Follow events in order, by long polling or as server-sent events",
  middleware: allowed("events.read"),
  request: {
    query: EventQuery,
    headers: z.object({
      "last-event-id": z.string().max(64).optional().openapi({
        description: "The last `id` of the previous stream; it takes precedence over `after`.",
      }),
    }),
  },
  responses: {
    200: {
      description: `The next events that the token may see. ${STREAM_DESCRIPTION}`,
      content: {
        ...jsonResponse(EventPage, "").content,
        [EVENT_STREAM]: { schema: z.string() },
      },
    },
    ...refusals("INVALID_CURSOR", "OVERLOADED"),
  },
});

export function events(app: AdminApp, clock: Clock): void {
  app.openapi(list, async (c) => {
    const { after, types = null, wait, limit } = c.req.valid("query");
    const isStream = c.req.header("Accept")?.includes(EVENT_STREAM) ?? false;
    const start = eventStart((isStream && c.req.header("Last-Event-ID")) || after);
    const reader = eventReader(start, { types, limit });
    if (isStream) return streamed(c, reader, clock);
    const principal = c.get("principal");
    const end = wait > 0 ? beginWait(principal) : () => {};
    const page = await throughRestores(clock(), () =>
      reader.next(principal, wait * 1000, c.req.raw.signal),
    ).finally(end);
    const { next, reset } = page;
    const body = { events: shown(page, principal), next: eventCursorText(next) };
    return c.json(reset ? { ...body, reset } : body, 200);
  });
}

/** Sends events until the client goes, its token ends, or the server does. */
async function streamed(c: Context<Managed>, reader: EventReader, clock: Clock): Promise<Response> {
  let principal = c.get("principal");
  let page = await throughRestores(clock(), () => reader.next(principal, 0));
  let provenAt = clock().getTime();
  const end = beginWait(principal);
  c.header("Content-Type", EVENT_STREAM);
  c.header("Cache-Control", "no-store, no-transform");
  c.header("X-Accel-Buffering", "no");
  const follow = async (out: StreamingApi) => {
    const gone = new AbortController();
    out.onAbort(() => gone.abort());
    await out.write(`retry: ${RETRY_MS}\n\n${pageText(page, principal)}`);
    while (!out.aborted && !areReadersEnded()) {
      page = await throughRestores(clock(), () => reader.next(principal, HEARTBEAT_MS, gone.signal));
      const now = clock();
      if (Math.abs(now.getTime() - provenAt) >= HEARTBEAT_MS) {
        principal = await provenAgain(c, now);
        provenAt = now.getTime();
      }
      await out.write(pageText(page, principal));
    }
  };
  return stream(
    c,
    (out) => follow(out).finally(end),
    async (error) => noteFailure(error, { requestId: c.get("requestId") }),
  );
}

/** A stream outlives its request: what the token may do can have changed. */
async function provenAgain(c: Context, now: Date): Promise<Principal> {
  const principal = await principalOfRequest(c, now);
  allow(principal, "events.read");
  return principal;
}

/** Returns how to end it. */
function beginWait({ id }: Principal): () => void {
  const end = beginReader(id);
  waiveDeadline();
  return end;
}

function shown({ events: found }: Page, { role }: Principal): CloudEvent[] {
  const how = { source: env().PUBLIC_URL, showsSubject: seesSubjects(role) };
  return found.map((event) => cloudEvent(event, how));
}

/** Server-sent events (HTML, section 9.2). An id alone moves the cursor of the client and calls nothing. */
function pageText(page: Page, principal: Principal): string {
  const { events: found, next, reset } = page;
  const happened = shown(page, principal).map((event, at) => {
    const position = found[at]?.position ?? next.position;
    return `id: ${eventCursorText({ ...next, position })}\ndata: ${JSON.stringify(event)}\n\n`;
  });
  const begin = reset ? "event: reset\ndata: {}\n\n" : "";
  return `${begin}${happened.join("")}id: ${eventCursorText(next)}\n\n`;
}
