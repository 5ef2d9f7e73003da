import { counted } from "@/components/text/numbers";
import { EVENT_TYPES, parseEventType } from "@/domain/events/event-types";
import { type AttemptResult, isSuccess } from "@/domain/webhooks/delivery-result";
import { TEST_TYPE } from "@/domain/webhooks/webhook";
import type { Webhook } from "@/server/webhooks/webhook";

/** The event of a type as people call it. */
export function eventLabel(type: string): string {
  if (type === TEST_TYPE) return "Test event";
  const known = parseEventType(type);
  return known ? EVENT_TYPES[known] : type;
}

/** Which events an endpoint gets, in a few words. */
export function typesLabel({ types }: Pick<Webhook, "types">): string {
  const [first] = types;
  if (!first) return "all events";
  return types.length === 1 ? eventLabel(first) : counted(types.length, "type");
}

/** The result of an attempt in a few characters: `204`, or why there was no response. */
export function resultLabel(result: AttemptResult): string {
  if ("status" in result) return `${result.status}${isSuccess(result) ? "" : ", not accepted"}`;
  return FAILURES[result.failure];
}

const FAILURES: Record<Extract<AttemptResult, { failure: unknown }>["failure"], string> = {
  TIMED_OUT: "timed out",
  HOST_NOT_FOUND: "host not found",
  ADDRESS_NOT_ALLOWED: "address not allowed",
  CONNECTION_FAILED: "connection failed",
  TLS_FAILED: "TLS failed",
  EVENT_EXPIRED: "event expired",
};
