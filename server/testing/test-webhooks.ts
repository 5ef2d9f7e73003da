import type { EventType } from "@/domain/events/event-types";
import { SYSTEM } from "@/server/access/actor";
import { type NewEvent, writeEvents } from "@/server/events/outbox";
import { numberEvents } from "@/server/events/positions";
import { store } from "@/server/store/store";
import { fanOut } from "@/server/webhooks/fan-out";
import { createWebhook, type NewWebhook } from "@/server/webhooks/webhooks";
import { NOW, OWNER } from "./test-licenses";

/** Creates an endpoint of the installation, which gets what happens from now on. */
export async function makeWebhook(wanted: Partial<NewWebhook> & { url: string }, now = NOW) {
  await happen([], now);
  return createWebhook(OWNER, { name: "Test", ...wanted }, SYSTEM, now);
}

/** Writes events, numbers them and hands them out, as the running server does within a second. */
export async function happen(events: NewEvent[], now = NOW): Promise<void> {
  await writeEvents(store().sql, now, events);
  await numberEvents(now);
  await fanOut(now);
}

export function eventOf(type: EventType, license: string, subject?: string): NewEvent {
  return { type, license, subject, data: { license } };
}
