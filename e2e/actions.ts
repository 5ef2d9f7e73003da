import type { Action } from "@/domain/roles";

/** The objects that actions and routes are tried on. */
export type Tried = {
  number: string;
  jti: string;
  customerId: string;
  /** An audit event of the license. */
  event: string;
  /** The instance of a seat of the license. */
  instance: string;
  /** A signed definition issued for the license. */
  checkout: string;
};

/** A server action with the input to send. The input is invalid, so that it changes nothing. */
export type TriedAction = {
  /** The right that it requires; null if every signed-in person may do it. */
  action: Action | null;
  /** Whether it concerns one license, so that another customer's must look as if it didn't exist. */
  isOnLicense?: boolean;
  /** Whether it would affect other specs; then only people without the right try it. */
  isGrave?: boolean;
  sent(tried: Tried): unknown[];
};

const onLicense = (action: Action, ...rest: unknown[]): TriedAction => ({
  action,
  isOnLicense: true,
  sent: ({ number }) => [number, ...rest],
});
const onKey = (action: Action, ...rest: unknown[]): TriedAction => ({
  action,
  isOnLicense: true,
  sent: ({ jti }) => [jti, ...rest],
});
const onCheckout = (...rest: unknown[]): TriedAction => ({
  action: "checkouts.write",
  isOnLicense: true,
  sent: ({ checkout }) => [checkout, ...rest],
});
const onLicenseByForm = (action: Action): TriedAction => ({
  action,
  isOnLicense: true,
  sent: ({ number }) => [null, formOf({ number })],
});
const unscoped = (action: Action | null, ...sent: unknown[]): TriedAction => ({ action, sent: () => sent });

const WRONG = { wrong: true };

const LICENSE = "app/(console)/licenses/[number]";
const SEATS = `${LICENSE}/assignments/actions.ts`;
const LEGACY = `${LICENSE}/settings/legacy/actions.ts`;
const DEFINITION = `${LICENSE}/definition/actions.ts`;

const PEOPLE = "app/(console)/people/actions.ts";
const USERS = "app/(console)/users/actions.ts";
const ACCOUNT = "app/(console)/account/actions.ts";
const DEPLOYMENTS = `${LICENSE}/deployments/actions.ts`;
const RESERVED = `${LICENSE}/capacity/reserved/actions.ts`;
const OFFLINE = `${LICENSE}/deployments/offline/actions.ts`;
const DUAL_USE = `${LICENSE}/deployments/dual-use/actions.ts`;
const OFFERS = `${LICENSE}/settings/dual-use/actions.ts`;
const RECLAIM = `${LICENSE}/assignments/reclaim/actions.ts`;
const SIGNING_KEYS = "app/(console)/signing-keys/actions.ts";
const WEBHOOKS = "app/(console)/webhooks/actions.ts";
const DIRECTORIES = "app/(console)/directories/actions.ts";
const TOKENS = "app/(console)/tokens/actions.ts";
const NEW_LICENSE = "app/(console)/licenses/new/actions.ts";
const CUSTOMERS = "app/(console)/customers/actions.ts";

/** Every server action of the console by file and name; the spec fails for an action that isn't listed. */
export const ACTIONS: Record<string, TriedAction> = {
  "app/(console)/audit/actions.ts verifyNow": onLicense("audit.read"),
  "app/(console)/alerts/actions.ts acknowledgeHere": unscoped("alerts.write", "no id"),
  "app/(console)/alerts/rules/actions.ts saveDefaults": unscoped("alert-defaults.write", WRONG),
  "app/(console)/alerts/rules/actions.ts saveRulesHere": onLicense("alerts.write", WRONG),
  "app/(console)/alerts/rules/channel-actions.ts addChannel": unscoped("alert-channels.write", formOf({})),
  "app/(console)/alerts/rules/channel-actions.ts sendTest": unscoped("alert-channels.write", "no id"),
  "app/(console)/alerts/rules/channel-actions.ts removeHere": unscoped("alert-channels.write", "no id"),
  "app/(console)/sample/actions.ts loadSample": { ...unscoped("sample.write"), isGrave: true },
  "app/(console)/sample/actions.ts removeSampleNow": unscoped("sample.write"),
  [`${PEOPLE} invitePerson`]: unscoped("people.write", null, formOf({})),
  [`${PEOPLE} linkAgain`]: unscoped("people.write", "no id"),
  [`${PEOPLE} withdraw`]: unscoped("people.write", "no id"),
  [`${PEOPLE} setRights`]: unscoped("people.write", "no id", null, formOf({})),
  [`${PEOPLE} makeRecoveryLink`]: unscoped("people.write", "no id", false),
  [`${PEOPLE} signOutEverywhere`]: unscoped("people.write", "no id"),
  [`${PEOPLE} seeAs`]: unscoped("people.write", "no id"),
  [`${PEOPLE} setFactorRoles`]: unscoped("people.write", null, formOf({ roles: "nobody" })),
  [`${PEOPLE} remove`]: unscoped("people.write", "no id"),
  [`${USERS} foreseeRelease`]: unscoped("assignments.write", 7),
  [`${USERS} releaseUser`]: unscoped("assignments.write", 7),
  [`${USERS} undoReleaseUser`]: unscoped("assignments.write", 7),
  [`${ACCOUNT} rename`]: unscoped(null, null, formOf({})),
  [`${ACCOUNT} setPassword`]: unscoped(null, null, formOf({})),
  [`${ACCOUNT} renewCodes`]: unscoped(null, formOf({})),
  [`${ACCOUNT} turnOffSecondFactor`]: unscoped(null, formOf({})),
  [`${ACCOUNT} setMailChoice`]: unscoped(null, null, formOf({})),
  [`${ACCOUNT} setDateStyle`]: unscoped(null, null, formOf({})),
  [`${ACCOUNT} endOne`]: unscoped(null, 7),
  [`${ACCOUNT} endOthers`]: unscoped(null),
  [`${SIGNING_KEYS} rotateKey`]: { ...unscoped("signing-keys.write"), isGrave: true },
  [`${SIGNING_KEYS} withdrawKey`]: unscoped("signing-keys.write", "no kid"),
  [`${WEBHOOKS} createWebhookByForm`]: unscoped("webhooks.write", null, formOf({})),
  [`${WEBHOOKS} changeWebhookByForm`]: unscoped("webhooks.write", "no id", null, formOf({})),
  [`${WEBHOOKS} setWebhookState`]: unscoped("webhooks.write", "no id", "active"),
  [`${WEBHOOKS} rotateSecret`]: unscoped("webhooks.write", "no id", formOf({})),
  [`${WEBHOOKS} sendTest`]: unscoped("webhooks.write", "no id"),
  [`${WEBHOOKS} removeWebhookNow`]: unscoped("webhooks.write", "no id"),
  [`${WEBHOOKS} resend`]: unscoped("webhooks.write", "no id"),
  [`${DIRECTORIES} connectByForm`]: unscoped("scim.write", null, formOf({})),
  [`${DIRECTORIES} changeByForm`]: unscoped("scim.write", "no id", null, formOf({})),
  [`${DIRECTORIES} setReportMode`]: unscoped("scim.write", "no id", true),
  [`${DIRECTORIES} removeDirectoryNow`]: unscoped("scim.write", "no id"),
  [`${TOKENS} makeToken`]: unscoped("tokens.write", null, formOf({})),
  [`${TOKENS} endToken`]: unscoped("tokens.write", "no id"),
  [`${DEPLOYMENTS} renameHere`]: onLicense("deployments.write", WRONG),
  [`${DEPLOYMENTS} clearHere`]: onLicense("deployments.write", WRONG),
  [`${DEPLOYMENTS} forgetHere`]: onLicense("deployments.write", 7),
  [`${RESERVED} releaseHere`]: onLicense("leases.release", 7, formOf({ reason: "x" })),
  [`${RESERVED} endHoldHere`]: onLicense("leases.end-hold", formOf({})),
  [`${OFFLINE} issueDefinition`]: onLicense("checkouts.write", null, formOf({})),
  [`${OFFLINE} downloadAgain`]: onCheckout(),
  [`${OFFLINE} markReturned`]: {
    ...onCheckout(),
    sent: ({ number, checkout }) => [number, checkout, formOf({ reason: "x".repeat(5000) })],
  },
  [`${OFFLINE} signReply`]: onLicense("deployments.read", 7),
  [`${OFFLINE} closeLogHere`]: onLicense("assignments.write", 7, formOf({})),
  [`${DUAL_USE} acceptHere`]: onLicense("dual-use.decide", 7),
  [`${DUAL_USE} rejectHere`]: onLicense("dual-use.decide", 7, ""),
  [`${DUAL_USE} withdrawHere`]: onLicense("dual-use.decide", 7),
  [`${OFFERS} offerHere`]: onLicense("dual-use.offer", WRONG),
  [`${OFFERS} changeOfferHere`]: onLicense("dual-use.offer", WRONG),
  [`${OFFERS} withdrawOfferHere`]: onLicense("dual-use.offer", 7),
  [`${RECLAIM} saveRuleHere`]: onLicense("assignments.write", WRONG),
  [`${RECLAIM} previewHere`]: onLicense("assignments.read", WRONG),
  [`${RECLAIM} exemptHere`]: onLicense("assignments.write", WRONG),
  [`${RECLAIM} removeExemptionHere`]: onLicense("assignments.write", 7),
  [`${RECLAIM} cancelRunHere`]: onLicense("assignments.write", 7),
  [`${RECLAIM} undoRunHere`]: onLicense("assignments.write", 7),
  [`${CUSTOMERS} createCustomerByForm`]: unscoped("customers.write", null, formOf({})),
  [`${CUSTOMERS} renameCustomerByForm`]: {
    action: "customers.write",
    isOnLicense: true,
    sent: ({ customerId }) => [null, formOf({ id: customerId })],
  },
  "app/(console)/_notes/actions.ts saveLicenseNotes": onLicense("notes.write", WRONG, ""),
  "app/(console)/_notes/actions.ts saveCustomerNotes": {
    action: "notes.write",
    isOnLicense: true,
    sent: ({ customerId }) => [customerId, WRONG, ""],
  },
  [`${NEW_LICENSE} create`]: unscoped("licenses.write", WRONG),
  [`${NEW_LICENSE} previewLef`]: unscoped("licenses.write", WRONG),
  [`${NEW_LICENSE} copyDraft`]: onLicense("licenses.write"),
  [`${NEW_LICENSE} saveTemplate`]: unscoped("licenses.write", WRONG),
  [`${NEW_LICENSE} removeTemplate`]: unscoped("licenses.write", "no id"),
  "app/(console)/licenses/new/csv/actions.ts cancelCreation": unscoped("licenses.write", "no id"),
  "app/(console)/licenses/import/actions.ts cancelImport": unscoped("legacy.import", "no id"),
  "app/(console)/_lib/undo.ts undoOnLicense": onLicense("licenses.read", "not sealed"),
  "app/(console)/_list/view-actions.ts saveViewByForm": unscoped(null, null, formOf({})),
  "app/(console)/_list/view-actions.ts renameViewByForm": unscoped(null, null, formOf({})),
  [`${SEATS} assign`]: onLicense("assignments.write", WRONG),
  [`${SEATS} assignByForm`]: onLicenseByForm("assignments.write"),
  [`${SEATS} releaseByForm`]: onLicenseByForm("assignments.write"),
  [`${SEATS} release`]: onLicense("assignments.write", WRONG),
  [`${SEATS} convert`]: onLicense("assignments.write", WRONG, ""),
  [`${SEATS} link`]: onLicense("assignments.write", WRONG),
  [`${SEATS} foreseeAlias`]: onLicense("assignments.write", WRONG),
  [`${SEATS} declareSameUser`]: onLicense("assignments.write", WRONG),
  [`${SEATS} forgetAlias`]: onLicense("assignments.write", "no id"),
  [`${SEATS} foresee`]: onLicense("assignments.write", WRONG, null),
  [`${SEATS} fits`]: onLicense("assignments.write", WRONG),
  [`${SEATS} foreseeAutoAssign`]: onLicense("assignments.read", WRONG),
  [`${LICENSE}/assignments/import/actions.ts importLines`]: onLicense("assignments.write", WRONG),
  [`${DEFINITION} preview`]: onLicense("licenses.write", WRONG, ""),
  [`${DEFINITION} save`]: onLicense("licenses.write", WRONG, ""),
  [`${DEFINITION} inForce`]: onLicense("licenses.read"),
  [`${LICENSE}/keys/actions.ts issueKey`]: onLicense("keys.issue", null, formOf({ label: "x".repeat(500) })),
  [`${LICENSE}/keys/actions.ts revokeKey`]: onKey("keys.revoke", 7),
  [`${LICENSE}/keys/actions.ts revealKey`]: onKey("keys.reveal"),
  [`${LEGACY} createControlHere`]: onLicense("control.write"),
  [`${LEGACY} revealControlHere`]: onLicense("control.reveal"),
  [`${LEGACY} migrateHere`]: onLicense("control.write"),
  [`${LEGACY} undoMigrationHere`]: onLicense("control.write"),
  [`${LEGACY} revokeControlHere`]: onLicense("control.write"),
  [`${LICENSE}/settings/actions.ts changeStatus`]: onLicense("licenses.write", "wrong"),
  [`${LICENSE}/settings/actions.ts changeSettings`]: onLicense("settings.write", { leaseDays: "wrong" }, {}),
  [`${LICENSE}/simulate/actions.ts simulate`]: onLicense("licenses.simulate", null, WRONG, WRONG),
  [`${LICENSE}/simulate/actions.ts endSimulation`]: onLicense("licenses.simulate"),
};

/** Actions without a result to check; they only affect the person's own data. */
export const SILENT = [
  "app/(console)/_lib/actions.ts signOutHere",
  "app/(console)/_lib/actions.ts stayHere",
  "app/(console)/_lib/actions.ts stopSeeing",
  "app/(console)/_lib/undo.ts openHere",
  "app/(console)/_lib/undo.ts encryptHere",
  "app/(console)/_list/view-actions.ts removeViewByForm",
];

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
