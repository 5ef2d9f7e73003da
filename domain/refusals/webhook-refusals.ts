import { MOST_WEBHOOKS } from "@/domain/webhooks/webhook";
import { type RefusalTable, refusalText } from "./refusal-text";

/** Refusals about webhooks and their deliveries. */
export const WEBHOOK_REFUSALS = {
  TOO_MANY_WEBHOOKS: refusalText(
    "There are too many webhooks",
    `A customer can have at most ${MOST_WEBHOOKS} webhooks, and so can the installation beside them.`,
    "Remove one that is no longer needed, or let one receiver pass events on to others.",
  ),
  NOTHING_TO_SEND: refusalText(
    "There is nothing to send again",
    "It was a test event, which is sent only once, or an event that is no longer stored.",
    "Send a new test event, or read the resources themselves.",
  ),
} satisfies RefusalTable;
