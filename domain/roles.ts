/** The roles of a person or a program. `license-admin` is limited to the customers named for it. */
export const ROLES = ["owner", "issuer", "license-admin", "auditor"] as const;
export type Role = (typeof ROLES)[number];

/** `no` is visible but refused (403); `hidden` doesn't exist for that role (404). */
type Right = "yes" | "no" | "hidden";

const rights = (owner: Right, issuer: Right, admin: Right, auditor: Right): Record<Role, Right> => ({
  owner,
  issuer,
  "license-admin": admin,
  auditor,
});

/** Every action on every noun, for every role: the one place where rights are decided. */
const RIGHTS = {
  "customers.read": rights("yes", "yes", "yes", "yes"),
  "customers.write": rights("yes", "yes", "no", "no"),
  "licenses.read": rights("yes", "yes", "yes", "yes"),
  "licenses.write": rights("yes", "yes", "no", "no"),
  "notes.read": rights("yes", "yes", "hidden", "yes"),
  "notes.write": rights("yes", "yes", "hidden", "no"),
  "licenses.simulate": rights("yes", "yes", "yes", "hidden"),
  "settings.write": rights("yes", "yes", "yes", "no"),
  "keys.read": rights("yes", "yes", "yes", "yes"),
  "keys.issue": rights("yes", "yes", "no", "no"),
  "keys.revoke": rights("yes", "yes", "no", "no"),
  "keys.reveal": rights("yes", "yes", "yes", "no"),
  "checkouts.read": rights("yes", "yes", "yes", "yes"),
  "checkouts.write": rights("yes", "yes", "yes", "no"),
  "control.read": rights("yes", "yes", "yes", "yes"),
  "control.write": rights("yes", "yes", "no", "no"),
  "control.reveal": rights("yes", "yes", "yes", "no"),
  "legacy.import": rights("yes", "yes", "no", "no"),
  "usage.read": rights("yes", "yes", "yes", "yes"),
  "leases.release": rights("yes", "yes", "yes", "no"),
  "leases.end-hold": rights("yes", "no", "no", "no"),
  "assignments.read": rights("yes", "no", "yes", "yes"),
  "assignments.write": rights("yes", "no", "yes", "no"),
  "rejections.read": rights("yes", "no", "yes", "yes"),
  "deployments.read": rights("yes", "yes", "yes", "yes"),
  "deployments.write": rights("yes", "no", "yes", "no"),
  "dual-use.read": rights("yes", "yes", "yes", "yes"),
  "dual-use.offer": rights("yes", "yes", "no", "no"),
  "dual-use.decide": rights("yes", "no", "yes", "no"),
  "audit.read": rights("yes", "yes", "yes", "yes"),
  "events.read": rights("yes", "yes", "yes", "yes"),
  "installation-audit.read": rights("yes", "yes", "hidden", "yes"),
  "people.read": rights("yes", "hidden", "hidden", "yes"),
  "people.write": rights("yes", "hidden", "hidden", "no"),
  "signing-keys.read": rights("yes", "yes", "hidden", "yes"),
  "signing-keys.write": rights("yes", "no", "hidden", "no"),
  "tokens.read": rights("yes", "yes", "yes", "yes"),
  "tokens.write": rights("yes", "yes", "yes", "no"),
  "scim.read": rights("yes", "hidden", "yes", "yes"),
  "scim.write": rights("yes", "hidden", "yes", "no"),
  "alerts.read": rights("yes", "yes", "yes", "yes"),
  "alerts.write": rights("yes", "yes", "yes", "no"),
  "alert-defaults.read": rights("yes", "yes", "yes", "yes"),
  "alert-defaults.write": rights("yes", "no", "no", "no"),
  "webhooks.read": rights("yes", "yes", "yes", "yes"),
  "webhooks.write": rights("yes", "yes", "yes", "no"),
  "alert-channels.read": rights("yes", "yes", "hidden", "yes"),
  "alert-channels.write": rights("yes", "no", "hidden", "no"),
  "sample.write": rights("yes", "no", "no", "no"),
} as const satisfies Record<string, Record<Role, Right>>;

export type Action = keyof typeof RIGHTS;
const ACTIONS = Object.keys(RIGHTS) as Action[];

export function rightOf(role: Role, action: Action): Right {
  return RIGHTS[action][role];
}

/** Whether a role is shown names of users; others see counts and hashes. */
export function seesSubjects(role: Role): boolean {
  return rightOf(role, "assignments.read") === "yes";
}

/** The person whose rights are checked; with `seenBy`, somebody else sees the console as this person. */
export type Reader = { role: Role; name: string; seenBy?: object };

/** Whether an action changes nothing and reveals no secret. */
export function isReading(action: Action): boolean {
  return action.endsWith(".read");
}

/** Why nothing may change: somebody sees the console as this person. Null for people who act as themselves. */
export function whyOnlySeen({ name, seenBy }: Reader): string | null {
  return seenBy ? `You're viewing this as ${name}, so you can't change anything.` : null;
}

/** Why a person may not do something, for a button that is visible but disabled; null if they may. */
export function whyNot(reader: Reader, action: Action): string | null {
  if (rightOf(reader.role, action) === "yes") return isReading(action) ? null : whyOnlySeen(reader);
  const able = ROLES.filter((other) => rightOf(other, action) === "yes").map((other) => `${other}s`);
  const listed = new Intl.ListFormat("en", { type: "conjunction" }).format(able);
  return `Only ${listed} can do this.`;
}

/** Whether a role can grant another to a token: at most its own rights. */
export function canGrant(granter: Role, granted: Role): boolean {
  return ACTIONS.every((action) => rightOf(granted, action) !== "yes" || rightOf(granter, action) === "yes");
}

export function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}
