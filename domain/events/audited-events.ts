import type { AuditAction } from "@/domain/audit-actions";
import type { EventData } from "./cloud-event";
import type { EventType } from "./event-types";

/** A change as the audit records it. `facts` are members of its event that the audit doesn't keep. */
export type AuditedChange = {
  action: AuditAction;
  object: string;
  details?: Record<string, unknown> | undefined;
  facts?: EventData | undefined;
  /** The id of who did it: for a product, the jti of its key. */
  actor: string;
  /** Null for the installation. */
  license: string | null;
};

export type ChangeEvent = { type: EventType; data: EventData };

type Event = (change: Required<Pick<AuditedChange, "details">> & AuditedChange) => ChangeEvent | null;

/** The source of assignments that people and programs change here. */
const ADMIN = "admin";

/** Null for an action that makes no event. An action that isn't listed doesn't compile. */
const EVENTS: Record<AuditAction, Event | null> = {
  "license.created": definitionUpdated,
  "license.status-changed": stopped,
  "license.settings-changed": null,
  "license.products-changed": null,
  "license.removed": null,
  "definition.changed": definitionUpdated,
  "definition.corrected": definitionUpdated,
  "key.issued": ({ license, object, details }) => event("key.issued", { license, jti: object, ...details }),
  "key.revealed": null,
  "key.revoked": ({ license, object, details }) => event("key.revoked", { license, jti: object, ...details }),
  "checkout.issued": ({ license, object, details }) =>
    event("checkout.made", { license, checkout: object, ...details }),
  "checkout.downloaded": null,
  "checkout.returned": null,
  "control.issued": null,
  "control.imported": null,
  "control.rotated": null,
  "control.revealed": null,
  "control.revoked": null,
  "license.migrated": null,
  "license.migration-undone": null,
  "offline-log.uploaded": null,
  "offline-log.closed": null,
  "deployment.activated": ({ license, actor, details }) =>
    event("activation", { license, jti: actor, ...details }),
  "deployment.renamed": null,
  "deployment.cleared": null,
  "deployment.forgotten": null,
  "lease.released": null,
  "lease.adopted": null,
  "lease.hold-ended": null,
  "dual-use.offered": null,
  "dual-use.offer-changed": null,
  "dual-use.offer-withdrawn": null,
  "dual-use.requested": ({ license, actor, details }) =>
    event("dual-use.requested", { license, jti: actor, ...details }),
  "dual-use.accepted": null,
  "dual-use.rejected": null,
  "dual-use.withdrawn": null,
  "assignment.added": assignment("assignment.updated"),
  "assignment.released": assignment("assignment.deleted"),
  "assignment.named": assignment("assignment.updated"),
  "reclaim.rule-changed": null,
  "reclaim.exemption-added": null,
  "reclaim.exemption-removed": null,
  "reclaim.announced": ({ license, object, details }) =>
    event("reclaim.announced", { license, run: object, ...details }),
  "reclaim.released": ({ license, object, details }) =>
    event("reclaim.released", { license, run: object, ...details }),
  "reclaim.cancelled": null,
  "reclaim.undone": null,
  "alias.declared": null,
  "alias.removed": null,
  "alert.acknowledged": null,
  "alert.rules-changed": null,
  "alert.channel-created": null,
  "alert.channel-tested": null,
  "alert.channel-removed": null,
  "customer.created": null,
  "customer.renamed": null,
  "customer.notes-changed": null,
  "license.notes-changed": null,
  "user.created": null,
  "user.invited": null,
  "user.renamed": null,
  "user.removed": null,
  "user.rights-changed": null,
  "user.sessions-ended": null,
  "user.password-changed": null,
  "user.second-factor-on": null,
  "user.second-factor-off": null,
  "user.recovery-codes-renewed": null,
  "user.recovery-offered": null,
  "user.recovered": null,
  "user.seen-as": null,
  "invitation.withdrawn": null,
  "token.created": null,
  "token.narrowed": null,
  "token.revoked": null,
  "scim.connected": null,
  "scim.settings-changed": null,
  "scim.removed": null,
  "scim.user-deactivated": null,
  "scim.user-activated": null,
  "scim.user-deleted": null,
  "signing-key.rotated": ({ object }) => event("signing-key.rotated", { kid: object }),
  "signing-key.retired": null,
  "signing-key.withdrawn": null,
  "data-key.rotation-started": null,
  "data-key.rotated": null,
  "webhook.created": null,
  "webhook.changed": null,
  "webhook.secret-rotated": null,
  "webhook.tested": null,
  "webhook.resent": null,
  "webhook.disabled": null,
  "webhook.removed": null,
  "installation.template-saved": null,
  "installation.template-removed": null,
  "installation.licenses-imported": null,
  "installation.restored": null,
  "installation.second-factor-required": null,
  "installation.sample-begun": null,
  "installation.sample-removed": null,
};

/** The event of an audited change, without the subject; null if it makes none. */
export function changeEvent(change: AuditedChange): ChangeEvent | null {
  return EVENTS[change.action]?.({ ...change, details: change.details ?? {} }) ?? null;
}

/** Where an assignment was changed: at this server, or at the deployment with this source. */
export function originOf(source: unknown): "internal" | "external" {
  return source === ADMIN ? "internal" : "external";
}

function event(type: EventType, data: EventData): ChangeEvent {
  return { type, data };
}

/** Whoever saves a definition passes on its facts. */
function definitionUpdated({ license, details, facts }: Parameters<Event>[0]): ChangeEvent {
  return event("definition.updated", { license, version: details.after ?? details.version, ...facts });
}

function stopped({ license, details: { after } }: Parameters<Event>[0]): ChangeEvent | null {
  const { status } = (after ?? {}) as { status?: string }; // as `license-changes.ts` writes it
  return status === "active" ? null : event("suspended", { license, status });
}

function assignment(type: "assignment.updated" | "assignment.deleted"): Event {
  return ({ license, object: instance, details: { allotment, source, auto } }) =>
    event(type, { type: allotment, origin: originOf(source), license, instance, source, auto });
}
