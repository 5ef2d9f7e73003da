import type { AuditAction } from "@/domain/audit-actions";
import { Refusal } from "@/domain/refusals/refusal";
import { changedMeanwhile } from "@/domain/undo";
import type { License as LicenseRow } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { type AuditEvent, recordEvents } from "@/server/audit/audit";
import { type Expected, isExpected } from "@/server/store/entity-tag";
import { store, type Tx } from "@/server/store/store";
import { dropAliases } from "./dropped-aliases";
import type { License, LicenseSettings, LicenseWithCustomer } from "./license";
import { definitionOf, lockedLicense, refuseErrors, replaceDefinition } from "./license-definitions";
import { licenseOf, settingsOf } from "./license-representation";
import { licenseTag, otherLicense } from "./license-tag";
import { licenseByNumber } from "./licenses";
import { forgetSessionNames } from "./session-names";

/** The parts of a license that can be changed, beside its definition; `valid` makes a new definition. */
export type LicenseChange = {
  status?: "active" | "suspended" | "revoked";
  settings?: Partial<LicenseSettings>;
  /** The values that the caller saw; any difference throws `CHANGED_MEANWHILE`. */
  still?: Partial<LicenseSettings & Pick<LicenseRow, "status">>;
  valid?: string;
  products?: string[];
};

/** The settings that a license's own admins can change; all others are entitlements. */
const OWN_SETTINGS = ["autoAssignProfessional", "autoAssignAnalyzer", "subjectMatching", "sessionNames"];

/** Whether a change needs only `settings.write`, which the admins of a license have. */
export function isOwnSetting({ settings = {}, ...rest }: LicenseChange): boolean {
  return Object.keys(rest).length === 0 && Object.keys(settings).every((name) => OWN_SETTINGS.includes(name));
}

/**
 * Changes status, settings, validity or products; `expected` is the tag of the license that the caller saw
 * (`VERSION_MISMATCH`). A revoked license stays revoked (`ALREADY_REVOKED`), and user matching stays while anybody is
 * assigned (`SUBJECT_MATCHING_IN_USE`).
 */
export async function changeLicense(
  number: string,
  change: LicenseChange,
  expected: Expected,
  actor: Actor,
  now: Date,
): Promise<License> {
  await store().db.$transaction(async (tx) => {
    const before = await lockedLicense(tx, number);
    await refuseOther(tx, before, expected, now);
    await refuseChange(tx, before, change);
    const events = actionsOf(before, change);
    await recordEvents(tx, number, actor, now, events);
    const { status, settings, products } = change;
    const after = { ...settings, status, products };
    if (events.length > 0) await tx.license.update({ where: { number }, data: { ...after, updatedAt: now } });
    if (before.sessionNames && settings?.sessionNames === false) await forgetSessionNames(tx, number);
    const matching = settings?.subjectMatching ?? before.subjectMatching;
    if (before.hasAliases && matching !== before.subjectMatching) await dropAliases(tx, number, actor, now);
    if (change.valid !== undefined) await changeValidity(tx, number, change.valid, actor, now);
  });
  return licenseByNumber(number, now);
}

async function refuseOther(tx: Tx, row: LicenseWithCustomer, expected: Expected, now: Date): Promise<void> {
  if (expected === null) return;
  const tag = licenseTag(licenseOf(row, await definitionOf(tx, row.definitionId), now));
  if (!isExpected(expected, tag)) throw otherLicense(tag);
}

async function changeValidity(tx: Tx, number: string, valid: string, actor: Actor, now: Date): Promise<void> {
  const license = await tx.license.findUniqueOrThrow({ where: { number } });
  const definition = { ...(await definitionOf(tx, license.definitionId)), valid };
  refuseErrors(definition);
  await replaceDefinition(tx, license, definition, actor, now);
}

async function refuseChange(
  tx: Tx,
  before: LicenseRow,
  { status, settings, still }: LicenseChange,
): Promise<void> {
  const now = { ...settingsOf(before), status: before.status };
  if (JSON.stringify({ ...now, ...still }) !== JSON.stringify(now)) throw changedMeanwhile();
  if (before.status === "revoked" && status !== undefined)
    throw new Refusal("ALREADY_REVOKED", "This license was revoked permanently. Create another one.");
  const matching = settings?.subjectMatching;
  if (matching === undefined || matching === before.subjectMatching) return;
  const live = await tx.allotment.aggregate({
    where: { licenseNumber: before.number },
    _sum: { live: true },
  });
  if (!live._sum.live) return;
  throw new Refusal(
    "SUBJECT_MATCHING_IN_USE",
    `${live._sum.live} users are assigned. Release their seats first, then change the matching.`,
  );
}

/** The real changes, with the values before and after. */
function actionsOf(before: LicenseRow, { status, settings = {}, products }: LicenseChange): AuditEvent[] {
  const event = (action: AuditAction, was: object, is: object): AuditEvent[] =>
    JSON.stringify(was) === JSON.stringify(is)
      ? []
      : [{ action, object: before.number, details: { before: was, after: is } }];
  const old = settingsOf(before);
  return [
    ...event("license.status-changed", { status: before.status }, { status: status ?? before.status }),
    ...event("license.settings-changed", old, settingsOf({ ...old, ...defined(settings) })),
    ...event(
      "license.products-changed",
      { products: before.products },
      { products: products ?? before.products },
    ),
  ];
}

function defined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
