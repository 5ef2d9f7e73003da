/** Every type of event, without its prefix, and its title. */
export const EVENT_TYPES = {
  "assignment.updated": "Seat assigned or changed",
  "assignment.deleted": "Seat released",
  "assignment.rejected": "Seat denied",
  "reclaim.announced": "Unused seats will be released",
  "reclaim.released": "Unused seats released",
  "definition.updated": "Definition changed",
  "key.issued": "Key issued",
  "key.revoked": "Key revoked",
  activation: "Deployment activated",
  "deployment.first-seen": "New deployment",
  "deployment.silent": "Deployment silent",
  "deployment.clone-suspected": "Deployment may be a copy",
  "capacity.threshold": "Usage passed a threshold",
  "capacity.quota-reached": "Quota reached",
  "capacity.cap-reached": "Cap reached",
  "capacity.forecast": "Quota forecast to run out",
  "seats.nearly-full": "Seats nearly full",
  "seats.full": "No seats left",
  expiring: "License expires soon",
  expired: "License expired",
  suspended: "License suspended or revoked",
  "key.expiring": "Key expires soon",
  "signing-key.rotated": "Signing key rotated",
  "signing-key.expiring": "Signing key expires soon",
  "checkout.made": "Signed definition issued",
  "checkout.expiring": "Signed definition expires soon",
  "dual-use.requested": "Dual use requested",
  rejections: "Seats were denied",
  "webhook.failing": "Webhook failing",
  "checkpoint.overdue": "Audit checkpoint overdue",
  "backup.overdue": "Backup overdue",
} as const satisfies Record<string, string>;

export type EventType = keyof typeof EVENT_TYPES;

/** The prefix of our types; consumers written for another system may expect theirs. */
export const EVENT_PREFIX = "io.signet.license.";

function isEventType(text: string): text is EventType {
  return Object.hasOwn(EVENT_TYPES, text);
}

/** The type as it is sent, for example `io.signet.license.key.issued`; `prefix` replaces ours. */
export function eventTypeName(type: string, prefix: string = EVENT_PREFIX): string {
  return `${prefix}${type}`;
}

/** Reads a type with our prefix or without; null for any other text. */
export function parseEventType(text: string): EventType | null {
  const bare = text.startsWith(EVENT_PREFIX) ? text.slice(EVENT_PREFIX.length) : text;
  return isEventType(bare) ? bare : null;
}
