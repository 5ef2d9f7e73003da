/** Every audit action and its title. An action that isn't listed doesn't compile. */
export const AUDIT_ACTIONS = {
  "license.created": "License created",
  "license.status-changed": "License status changed",
  "license.settings-changed": "License settings changed",
  "license.products-changed": "Products of the license changed",
  "license.removed": "License removed with the sample data",
  "definition.changed": "Definition saved",
  "definition.corrected": "Definition corrected",
  "key.issued": "Key issued",
  "key.revealed": "Key revealed",
  "key.revoked": "Key revoked",
  "checkout.issued": "Signed definition issued",
  "checkout.downloaded": "Signed definition downloaded again",
  "checkout.returned": "Signed definition returned",
  "control.issued": "Control number created",
  "control.imported": "Control number imported",
  "control.rotated": "Control number rotated",
  "control.revealed": "Control number revealed",
  "control.revoked": "Control number revoked",
  "license.migrated": "License migrated to a signed key",
  "license.migration-undone": "Migration undone",
  "offline-log.uploaded": "Offline log uploaded",
  "offline-log.closed": "Offline log closed",
  "deployment.activated": "Deployment activated",
  "deployment.renamed": "Deployment renamed",
  "deployment.cleared": "Suspicion cleared",
  "deployment.forgotten": "Deployment forgotten",
  "dual-use.offered": "Dual use offered",
  "dual-use.offer-changed": "Dual-use offer changed",
  "dual-use.offer-withdrawn": "Dual-use offer withdrawn",
  "dual-use.requested": "Dual use requested",
  "dual-use.accepted": "Dual use accepted",
  "dual-use.rejected": "Dual use rejected",
  "dual-use.withdrawn": "Dual use withdrawn",
  "assignment.added": "Seat assigned",
  "assignment.released": "Seat released",
  "assignment.named": "Hashed seat linked to a user",

  "alert.acknowledged": "Alert acknowledged",
  "alert.rules-changed": "Alert rules changed",
  "alert.channel-created": "Alert channel created",
  "alert.channel-tested": "Alert channel tested",
  "alert.channel-removed": "Alert channel removed",

  "customer.created": "Customer created",
  "customer.renamed": "Customer renamed",
  "user.created": "Account created",
  "user.invited": "Person invited",
  "user.renamed": "Name changed",
  "user.removed": "Person removed",
  "user.rights-changed": "Role or customers changed",
  "user.sessions-ended": "Sessions ended",
  "user.password-changed": "Password changed",
  "user.second-factor-on": "Second factor turned on",
  "user.second-factor-off": "Second factor turned off",
  "user.recovery-codes-renewed": "Recovery codes renewed",
  "user.recovery-offered": "Recovery link created",
  "user.recovered": "Account recovered",
  "user.seen-as": "Console viewed as this person",
  "invitation.withdrawn": "Invitation withdrawn",
  "token.created": "API token created",
  "token.narrowed": "API token restricted",
  "token.revoked": "API token revoked",
  "signing-key.rotated": "Signing key created",
  "signing-key.retired": "Signing key retired",
  "signing-key.withdrawn": "Signing key withdrawn",
  "webhook.created": "Webhook created",
  "webhook.changed": "Webhook changed",
  "webhook.secret-rotated": "Webhook secret rotated",
  "webhook.tested": "Test event sent",
  "webhook.resent": "Delivery resent",
  "webhook.disabled": "Webhook disabled",
  "webhook.removed": "Webhook removed",
  "installation.licenses-imported": "Legacy licenses imported",
  "installation.restored": "Restored from a backup",
  "installation.sample-begun": "Sample data started",
  "installation.sample-removed": "Sample data removed",
} as const satisfies Record<`${string}.${string}`, string>;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

/** The nouns of the actions, the part before the dot, as people filter by them. */
export const AUDIT_NOUNS = {
  license: "License",
  definition: "Definition",
  key: "Keys",
  checkout: "Signed definitions",
  control: "Control numbers",
  "offline-log": "Offline logs",
  deployment: "Deployments",
  "dual-use": "Dual use",
  assignment: "Assignments",
  alert: "Alerts",
  customer: "Customers",
  user: "People",
  invitation: "Invitations",
  token: "API tokens",
  "signing-key": "Signing keys",
  webhook: "Webhooks",
  installation: "Installation",
} as const satisfies Record<Noun<AuditAction>, string>;

export type AuditNoun = keyof typeof AUDIT_NOUNS;

type Noun<Action extends string> = Action extends `${infer Name}.${string}` ? Name : never;

export function isAuditAction(text: string): text is AuditAction {
  return Object.hasOwn(AUDIT_ACTIONS, text);
}

export function isAuditNoun(text: string): text is AuditNoun {
  return Object.hasOwn(AUDIT_NOUNS, text);
}
