/** The life of an endpoint: an admin pauses and resumes it, and Signet disables it with a reason. */
export const WEBHOOK_STATES = ["active", "paused", "disabled"] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** Why Signet disabled an endpoint: it answered 410, or nothing was delivered for three days. */
export const DISABLED_REASONS = ["gone", "failing"] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** The life of a delivery: `failed` is given up, until somebody resends it. */
export const DELIVERY_STATES = ["waiting", "delivered", "failed"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** How many requests to one endpoint run at the same time. */
export const CONCURRENCY = { least: 1, usual: 8, most: 32 } as const;

/** How many endpoints a customer can have, and the installation beside those: each multiplies what an event costs. */
export const MOST_WEBHOOKS = 50;

/** How long both secrets sign after a rotation (hours). */
export const OVERLAP_HOURS = { least: 0, usual: 24, most: 168 } as const;

/** The type of the event that only one endpoint gets, when somebody tests it. */
export const TEST_TYPE = "webhook.test";

/** What decides whether an endpoint gets an event: its customer, null for the installation, and its types, none for all. */
type Choice = { customer: string | null; types: readonly string[] };

/** An event's type without its prefix, and the customer of its license; null for an event of the installation. */
type Told = { type: string; customer: string | null };

/** Whether an endpoint gets an event. */
export function isWanted({ customer, types }: Choice, event: Told): boolean {
  if (customer !== null && customer !== event.customer) return false;
  return types.length === 0 || types.includes(event.type);
}
