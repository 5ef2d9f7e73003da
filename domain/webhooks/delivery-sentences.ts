import type { AttemptFailure, AttemptResult } from "./delivery-result";

/** What happened to an attempt without an answer, and what to do. */
const FAILURE_SENTENCES: Record<AttemptFailure, string> = {
  TIMED_OUT: "No response within 10 seconds. The receiver should respond first, then do its work.",
  HOST_NOT_FOUND: "The host name doesn't resolve. Check the URL and this server's DNS.",
  ADDRESS_NOT_ALLOWED:
    "The host resolves to an address that webhooks may not reach: it isn't public, or the URL isn't https. The setting WEBHOOK_ALLOWED_NETWORKS lists exceptions.",
  CONNECTION_FAILED:
    "The connection failed or was cut off. Check that the receiver is running and reachable.",
  TLS_FAILED: "The receiver's certificate isn't trusted, or TLS failed.",
  EVENT_EXPIRED: "The event is no longer stored, so there was nothing to send.",
};

/** The result of an attempt in a sentence. */
export function attemptSentence(result: AttemptResult): string {
  if ("failure" in result) return FAILURE_SENTENCES[result.failure];
  const { status } = result;
  if (status >= 200 && status < 300) return "The receiver accepted it.";
  if (status >= 300 && status < 400)
    return "The receiver answered with a redirect, which isn't followed. Enter the final URL.";
  if (status === 410) return "The receiver answered that it is gone for good, so the webhook was disabled.";
  return "The receiver didn't accept it. Any status from 200 to 299 accepts a delivery.";
}
