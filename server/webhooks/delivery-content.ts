import { Webhook } from "standardwebhooks";
import { cloudEvent, type HappenedEvent } from "@/domain/events/cloud-event";
import { masked } from "@/domain/webhooks/mask";
import { TEST_TYPE } from "@/domain/webhooks/webhook";
import { version } from "@/package.json";
import { env } from "@/server/store/env";

/** What an endpoint wants to see of events. */
export type ContentChoice = { url: string; typePrefix: string; withSubjects: boolean };

/** What is delivered: an event, or a test, which nobody else gets. */
export type Content = { event: HappenedEvent } | { test: { id: string; time: Date; webhook: string } };

const MASKED_SUBJECT = "[hidden]";

/** The body as it is signed and sent: a CloudEvent in structured mode, whose data is always an object. */
export function bodyOf(content: Content, { typePrefix, withSubjects }: ContentChoice): string {
  const shown = { source: env().PUBLIC_URL, showsSubject: withSubjects, prefix: typePrefix };
  if ("event" in content) return JSON.stringify(cloudEvent(content.event, shown));
  const { id, time, webhook } = content.test;
  const data = { webhook, message: "This is a test event. Nothing happened." };
  const test = { id, type: TEST_TYPE, time, data, license: null, subject: null };
  return JSON.stringify(cloudEvent(test, shown));
}

/** The body as the log shows it: with a mark where a subject was sent. */
export function loggedBody(content: Content, choice: ContentChoice): string {
  if (!("event" in content) || content.event.subject === null) return bodyOf(content, choice);
  return bodyOf({ event: { ...content.event, subject: MASKED_SUBJECT } }, choice);
}

/** The headers of a request, without those of its signature. */
export function contentHeaders(): Record<string, string> {
  return {
    "content-type": "application/cloudevents+json; charset=utf-8",
    "user-agent": `Signet/${version}`,
  };
}

/** The headers of Standard Webhooks: one signature for each secret that is valid. */
export function signedHeaders(
  id: string,
  body: string,
  secrets: readonly string[],
  now: Date,
): Record<string, string> {
  const signatures = secrets.map((secret) => new Webhook(secret).sign(id, now, body));
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": signatures.join(" "),
  };
}

/** A response without what the request told: a receiver may send back what it got. */
export function maskedResponse(
  text: string,
  content: Content,
  headers: Record<string, string>,
  secrets: readonly string[],
): string {
  const subject = "event" in content ? content.event.subject : null;
  const signatures = (headers["webhook-signature"] ?? "").split(" ");
  return masked(text, [...secrets, ...signatures, ...(subject === null ? [] : [subject])]);
}
